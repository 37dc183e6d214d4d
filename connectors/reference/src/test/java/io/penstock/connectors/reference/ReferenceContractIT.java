package io.penstock.connectors.reference;

import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SourceContract;
import io.penstock.testkit.source.SourceRig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ReferenceContractIT implements SourceContract {

    private static ModelServer server;

    @BeforeAll
    static void start() {
        server = new ModelServer(ModelApi.builder().records(600).revision(2));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public SourceProvider provider() {
        return new ReferenceProvider();
    }

    @Override
    public Source open(SourceRig rig) {
        return server.source(rig, "demo-token");
    }

    @Override
    public Source refused(SourceRig rig) {
        return server.source(rig, "wrong-token");
    }

    @Override
    public String deepStream() {
        return "documents";
    }
}
