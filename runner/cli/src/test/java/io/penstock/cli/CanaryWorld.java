package io.penstock.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API, a vault and a secrets manager that get to see every secret, and an API that throws what it gets to see back in every way it
 * can think of. The first part of a path says how it answers.
 */
final class CanaryWorld implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Canaries canaries;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean rotated;

    CanaryWorld(Canaries canaries) {
        this.canaries = canaries;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.createContext("/v1/", this::vault);
        server.createContext("/aws", this::aws);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on the API takes another value, which the vault gives every second time it is asked. */
    void rotate() {
        rotated = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String kind = exchange.getRequestURI().getPath().split("/")[1];
        String seen = seen(exchange);
        if (rotated && seen.contains(canaries.of("vault-value"))) {
            send(exchange, 401, "application/json", "{}");
            return;
        }
        switch (kind) {
            case "good" -> send(exchange, 200, "application/json", "{\"items\":[{\"id\":1},{\"id\":2}]}");
            case "echo" ->
                send(exchange, 200, "application/json", "{\"items\":[{\"id\":1,\"saw\":" + json(seen) + "}]}");
            case "deny" -> {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"" + base64(seen) + "\"");
                send(exchange, 401, "application/json", "{\"error\":" + json(seen) + "}");
            }
            case "reject" -> send(exchange, 400, "application/json", "{\"error\":{\"code\":" + json(seen) + "}}");
            case "html" -> send(exchange, 200, "text/html", "<html><body>You sent " + seen + "</body></html>");
            case "broken" ->
                send(exchange, 200, "application/json", "{\"items\":[{\"id\":1,\"saw\":" + json(seen) + ",]}");
            case "away" -> {
                exchange.getResponseHeaders()
                        .add("Location", "http://127.0.0.2/" + base64(seen) + "?saw=" + base64(seen));
                send(exchange, 302, "text/plain", seen);
            }
            default -> send(exchange, 404, "text/plain", seen);
        }
    }

    /** Whatever credential a request brings. */
    private static String seen(HttpExchange exchange) {
        StringBuilder seen = new StringBuilder();
        for (String name : new String[] {"Authorization", "X-Shop-Key", "X-Shop-Text"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                seen.append(value.startsWith("Basic ") ? plain(value) : value).append(' ');
            }
        }
        String query = exchange.getRequestURI().getRawQuery();
        return seen.append(query == null ? "" : URLDecoder.decode(query, StandardCharsets.UTF_8))
                .toString();
    }

    private static String plain(String basic) {
        return new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void vault(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith("/login")) {
            send(
                    exchange,
                    200,
                    "application/json",
                    "{\"auth\":{\"client_token\":" + json(canaries.of("vault-session")) + ",\"lease_duration\":600}}");
            return;
        }
        boolean next = rotated && asked.incrementAndGet() % 2 == 0;
        String value = canaries.of(next ? "vault-value-rotated" : "vault-value");
        send(
                exchange,
                200,
                "application/json",
                "{\"data\":{\"data\":{\"token\":" + json(value) + "},\"metadata\":{}}}");
    }

    private void aws(HttpExchange exchange) throws IOException {
        String document =
                "{\"token\":" + json(canaries.of("aws-value")) + ",\"other\":" + json(canaries.of("aws-sibling")) + "}";
        send(
                exchange,
                200,
                "application/x-amz-json-1.1",
                "{\"Name\":\"shop\",\"SecretString\":" + json(document) + "}");
    }

    private static String json(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A plan of which every connection brings another credential, to an API that answers in the way of {@code kind}. */
    String plan(String base, String kind) {
        StringBuilder plan = new StringBuilder("connections:\n");
        connection(plan, "bearer", base, kind, "auth: { bearer: \"${env:CANARY_BEARER}\" }");
        connection(plan, "basic", base, kind, "auth: { basic: { user: ann, password: \"${file:password}\" } }");
        connection(plan, "header", base, kind, key("header: X-Shop-Key", "${env:CANARY_HEADER}"));
        connection(plan, "query", base, kind, key("query: shop_key", "${env:CANARY_QUERY}"));
        connection(plan, "vault", base, kind, "auth: { bearer: \"${vault:shop#token}\" }");
        connection(plan, "aws", base, kind, key("header: X-Shop-Key", "${aws-sm:shop#token}"));
        connection(plan, "text", base, kind, "headers: { X-Shop-Text: \"Text ${env:CANARY_TEXT}\" }");
        return plan + """
                secrets:
                  vault:
                    address: "%s"
                    auth: { approle: { role_id: reader, secret_id: "${env:CANARY_SECRET_ID}" } }
                  aws-sm:
                    region: eu-central-1
                    endpoint: "%s/aws"
                    access_key_id: "${env:CANARY_AWS_ID}"
                    secret_access_key: "${env:CANARY_AWS_KEY}"
                    session_token: "${env:CANARY_AWS_TOKEN}"
                """.formatted(base(), base());
    }

    private static String key(String where, String reference) {
        return "auth: { api_key: { " + where + ", value: \"" + reference + "\" } }";
    }

    private static void connection(StringBuilder plan, String name, String base, String kind, String credential) {
        plan.append("  " + name + ":\n    source:\n      connector: rest\n      base_url: \"" + base + "/" + kind
                + "\"\n      "
                + credential
                + "\n      streams: { things: { path: /things, records: /items, key: id, paging: none } }\n"
                + "    sink: { connector: jsonl, path: out/" + name + " }\n");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
