package io.penstock.connectors.rest;

import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SourceContract;
import io.penstock.testkit.source.SourceRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RestModelContractIT implements SourceContract {

    private static ModelApi api;

    @BeforeAll
    static void start() {
        api = ModelApi.builder().records(300).revision(2).build().start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Override
    public SourceProvider provider() {
        return new RestProvider();
    }

    @Override
    public Source open(SourceRig rig) {
        return Plans.open(rig, api.baseUrl(), ModelPlan.text("TOKEN"));
    }

    @Override
    public Source refused(SourceRig rig) {
        return Plans.open(rig, api.baseUrl(), ModelPlan.text("WRONG"));
    }

    @Override
    public String deepStream() {
        return "documents";
    }
}
