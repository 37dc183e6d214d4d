package io.penstock.connectors.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SourceContract;
import io.penstock.testkit.source.SourceRig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RestModelContractIT implements SourceContract {

    private static ModelApi api;
    private static SourceRig rig;

    @BeforeAll
    static void start() {
        api = ModelApi.builder().records(300).revision(2).build().start();
        rig = new SourceRig();
    }

    @AfterAll
    static void stop() {
        rig.close();
        api.close();
    }

    @Override
    public SourceProvider provider() {
        return new RestProvider();
    }

    @Override
    public Source open() {
        return Plans.open(rig, api.baseUrl(), ModelPlan.text("TOKEN"));
    }

    @Override
    public Source refused() {
        return Plans.open(rig, api.baseUrl(), ModelPlan.text("WRONG"));
    }

    @Override
    public long requests() {
        try (InputStream stats = URI.create(api.baseUrl() + "/_stats").toURL().openStream()) {
            return new ObjectMapper().readTree(stats).path("requests").asLong();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String deepStream() {
        return "documents";
    }
}
