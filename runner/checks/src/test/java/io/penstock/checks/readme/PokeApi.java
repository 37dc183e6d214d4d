package io.penstock.checks.readme;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers as the public API of the README's plan does: 20 names a page and the URL of the next one. */
final class PokeApi {

    private static final int PAGE = 20;

    private PokeApi() {}

    static HttpServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2/pokemon";
        server.createContext("/api/v2/pokemon", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int offset = query == null ? 0 : Integer.parseInt(query.replaceAll(".*offset=(\\d+).*", "$1"));
            String names = IntStream.range(offset, offset + PAGE)
                    .mapToObj(i -> "{\"name\":\"number-" + i + "\",\"url\":\"" + base + "/" + i + "/\"}")
                    .collect(Collectors.joining(","));
            byte[] body = ("{\"count\":1302,\"next\":\"" + base + "?offset=" + (offset + PAGE) + "&limit=20\","
                            + "\"previous\":null,\"results\":[" + names + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
