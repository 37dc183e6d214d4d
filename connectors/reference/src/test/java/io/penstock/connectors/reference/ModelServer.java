package io.penstock.connectors.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.source.Source;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SourceRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** A running model API and sources that read it. */
final class ModelServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final ModelApi api;
    private final SourceRig rig = new SourceRig();
    private final HttpClient http = HttpClient.newHttpClient();

    ModelServer(ModelApi.Builder builder) {
        api = builder.build().start();
    }

    Source source() {
        return source("demo-token");
    }

    Source source(String token) {
        return rig.open(
                new ReferenceProvider(),
                Map.of("base_url", api.baseUrl(), "token", "${env:SHOP_TOKEN}", "page_size", 50),
                Map.of("SHOP_TOKEN", token));
    }

    JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(api.baseUrl() + path))
                    .header("Authorization", "Bearer demo-token")
                    .build();
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        rig.close();
        api.close();
    }
}
