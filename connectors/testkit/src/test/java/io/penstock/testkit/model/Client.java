package io.penstock.testkit.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    /** A record and its bytes as served. */
    record Row(String line, JsonNode node) {

        String id() {
            return node.path("id").asText();
        }

        String text(String field) {
            return node.path(field).asText();
        }
    }

    Client(ModelApi api, int tries) {
        this.baseUrl = api.baseUrl();
        this.tries = tries;
    }

    /** Every record of a stream, read the way that stream is read. */
    List<Row> walk(String stream, String filter, int size) {
        List<Row> records = new ArrayList<>();
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

    private void customers(String filter, int size, Consumer<Row> to) {
        JsonNode answer;
        int page = 0;
        do {
            answer = page("/v1/customers?page=" + ++page + "&per_page=" + size + filter, "/data", to);
        } while (answer.path("has_next").asBoolean());
    }

    private void orders(String filter, int size, Consumer<Row> to) {
        String cursor = "";
        do {
            JsonNode answer = page("/v1/orders?limit=" + size + filter + "&cursor=" + cursor, "/items", to);
            cursor = answer.path("next_cursor").textValue();
        } while (cursor != null);
    }

    private void invoices(String filter, int size, Consumer<Row> to) {
        long total;
        int offset = 0;
        do {
            String path = "/v1/invoices?offset=" + offset + "&limit=" + size + filter;
            total = page(path, "/invoices", to).path("total").asLong();
            offset += size;
        } while (offset < total);
    }

    private void events(String filter, int size, Consumer<Row> to) {
        String next = "/v1/events?per_page=" + size + filter;
        while (next != null) {
            HttpResponse<String> answer = retried(get(next), "");
            rows(answer.body(), "/\\d+", to);
            String link = answer.headers().firstValue("Link").orElse("");
            boolean more = link.contains("rel=\"next\"");
            next = more ? link.substring(1, link.indexOf('>')).substring(baseUrl.length()) : null;
        }
    }

    private void products(String filter, int size, Consumer<Row> to) {
        String since = filter.isEmpty() ? "null" : quoted(filter.substring(filter.indexOf('=') + 1));
        String query =
                "query Read($n: Int = 5, $a: String, $s: String) { products(first: $n, after: $a, updatedSince: $s)"
                        + " { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }";
        JsonNode info;
        String after = "null";
        do {
            String variables = "{\"n\":" + size + ",\"a\":" + after + ",\"s\":" + since + "}";
            String body = "{\"query\":" + quoted(query) + ",\"variables\":" + variables + "}";
            HttpResponse<String> answer = retried(post(body), "/data/products/edges");
            rows(answer.body(), "/data/products/edges/\\d+/node", to);
            info = json(answer).at("/data/products/pageInfo");
            after = quoted(info.path("endCursor").asText());
        } while (info.path("hasNextPage").asBoolean());
    }

    private void documents(String filter, int size, Consumer<Row> to) {
        String next = "/v1/documents?limit=" + size + filter;
        while (next != null) {
            JsonNode answer = page(next, "/results", to);
            String url = answer.path("next").textValue();
            next = url == null ? null : url.substring(baseUrl.length());
        }
    }

    private JsonNode page(String path, String records, Consumer<Row> to) {
        HttpResponse<String> answer = retried(get(path), records);
        rows(answer.body(), records + "/\\d+", to);
        return json(answer);
    }

    /** Cuts the records out of a body exactly as they stand there. */
    private static void rows(String body, String pointer, Consumer<Row> to) {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                boolean row = parser.currentToken() == JsonToken.START_OBJECT
                        && parser.getParsingContext().pathAsPointer().toString().matches(pointer);
                if (row) {
                    int start = (int) parser.currentTokenLocation().getCharOffset();
                    parser.skipChildren();
                    String line =
                            body.substring(start, (int) parser.currentLocation().getCharOffset());
                    to.accept(new Row(line, JSON.readTree(line)));
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException(body, broken);
        }
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
            } catch (HttpTimeoutException never) {
                throw new IllegalStateException("no answer: " + request.uri(), never); // no fault is silence
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

    static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }

    JsonNode json(String path) {
        return json(send(get(path)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return node(response.body());
    }

    static JsonNode node(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new IllegalStateException(json, broken);
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
