package io.penstock.testkit.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What anybody could write against the README: the JDK's client, a loop per paging style, and repeats. */
final class Client {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String baseUrl;
    private final int tries;

    Client(ModelApi api, int tries) {
        this.baseUrl = api.baseUrl();
        this.tries = tries;
    }

    /** Every record of a stream, read the way that stream is read. */
    List<JsonNode> walk(String stream, String filter, int size) {
        List<JsonNode> records = new ArrayList<>();
        switch (stream) {
            case "customers" -> customers(filter, size, records::add);
            case "orders" -> orders(filter, size, records::add);
            case "invoices" -> invoices(filter, size, records::add);
            case "events" -> events(filter, size, records::add);
            case "products" -> products(filter, size, records::add);
            default -> documents(filter, size, records::add);
        }
        return records;
    }

    private void customers(String filter, int size, Consumer<JsonNode> to) {
        JsonNode answer;
        int page = 0;
        do {
            answer = page("/v1/customers?page=" + ++page + "&per_page=" + size + filter, "/data");
            answer.path("data").forEach(to);
        } while (answer.path("has_next").asBoolean());
    }

    private void orders(String filter, int size, Consumer<JsonNode> to) {
        String cursor = "";
        do {
            JsonNode answer = page("/v1/orders?limit=" + size + filter + "&cursor=" + cursor, "/items");
            answer.path("items").forEach(to);
            cursor = answer.path("next_cursor").textValue();
        } while (cursor != null);
    }

    private void invoices(String filter, int size, Consumer<JsonNode> to) {
        long total;
        int offset = 0;
        do {
            JsonNode answer = page("/v1/invoices?offset=" + offset + "&limit=" + size + filter, "/invoices");
            answer.path("invoices").forEach(to);
            total = answer.path("total").asLong();
            offset += size;
        } while (offset < total);
    }

    private void events(String filter, int size, Consumer<JsonNode> to) {
        String next = "/v1/events?per_page=" + size + filter;
        while (next != null) {
            HttpResponse<String> answer = retried(get(next), "");
            json(answer).forEach(to);
            String link = answer.headers().firstValue("Link").orElse("");
            next = link.contains("rel=\"next\"")
                    ? link.substring(1, link.indexOf('>')).substring(baseUrl.length())
                    : null;
        }
    }

    private void products(String filter, int size, Consumer<JsonNode> to) {
        String since = filter.isEmpty() ? "null" : "\"" + filter.substring(filter.indexOf('=') + 1) + "\"";
        String query =
                "query Read($n: Int = 5, $a: String, $s: String) { products(first: $n, after: $a, updatedSince: $s)"
                        + " { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }";
        JsonNode info;
        String after = "null";
        do {
            String body = "{\"query\":" + Client.quoted(query) + ",\"variables\":{\"n\":" + size + ",\"a\":" + after
                    + ",\"s\":" + since + "}}";
            JsonNode answer = json(retried(post(body), "/data/products/edges")).at("/data/products");
            answer.path("edges").forEach(edge -> to.accept(edge.path("node")));
            info = answer.path("pageInfo");
            after = "\"" + info.path("endCursor").asText() + "\"";
        } while (info.path("hasNextPage").asBoolean());
    }

    private void documents(String filter, int size, Consumer<JsonNode> to) {
        String next = "/v1/documents?limit=" + size + filter;
        while (next != null) {
            JsonNode answer = page(next, "/results");
            answer.path("results").forEach(to);
            next = answer.path("next").isNull()
                    ? null
                    : answer.path("next").asText().substring(baseUrl.length());
        }
    }

    JsonNode page(String path, String records) {
        return json(retried(get(path), records));
    }

    /** Repeats what did not arrive whole, up to the client's number of tries. */
    private HttpResponse<String> retried(HttpRequest request, String records) {
        for (int attempt = 1; attempt < tries; attempt++) {
            try {
                HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200
                        && JSON.readTree(response.body()).at(records).isArray()) {
                    return response;
                }
            } catch (IOException broken) {
                // that is what hostile means: again
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        }
        return send(request);
    }

    HttpRequest get(String path) {
        return request(path, Map.of("X-Api-Key", "demo-key")).GET().build();
    }

    HttpRequest post(String body) {
        return request("/graphql", Map.of("X-Api-Key", "demo-key"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(20));
        headers.forEach(request::header);
        return request;
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(request.uri() + ": " + broken, broken);
        }
    }

    JsonNode json(String path) {
        return json(send(get(path)));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException broken) {
            throw new IllegalStateException(response.body(), broken);
        }
    }

    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
