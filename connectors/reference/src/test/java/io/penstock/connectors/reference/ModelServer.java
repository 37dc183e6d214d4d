package io.penstock.connectors.reference;

import io.penstock.source.Source;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SourceRig;
import java.util.Map;

/** A running model API and sources that read it. */
final class ModelServer implements AutoCloseable {

    final ModelApi api;
    private final SourceRig rig = new SourceRig();

    ModelServer(ModelApi.Builder builder) {
        api = builder.build().start();
    }

    Source source() {
        return source("demo-token");
    }

    Source source(String token) {
        return source(rig, token);
    }

    Source source(SourceRig in, String token) {
        return in.open(
                new ReferenceProvider(),
                Map.of("base_url", api.baseUrl(), "token", "${env:SHOP_TOKEN}", "page_size", 50),
                Map.of("SHOP_TOKEN", token));
    }

    @Override
    public void close() {
        rig.close();
        api.close();
    }
}
