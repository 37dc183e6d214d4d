package io.penstock.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** Numbered pages of one record each at any path, with an ETag; remembers what it was asked for. */
final class PagedApi implements AutoCloseable {

    private static final String TAG = "\"one\"";

    private final HttpServer server;
    private final int pages;
    private final int padding;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    private PagedApi(HttpServer server, int pages, int padding) {
        this.server = server;
        this.pages = pages;
        this.padding = padding;
    }

    static PagedApi of(int pages) {
        return of(pages, 0);
    }

    /** @param padding letters in each record */
    static PagedApi of(int pages, int padding) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            PagedApi api = new PagedApi(server, pages, padding);
            server.createContext("/", api::answer);
            server.start();
            return api;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int page = query.matches(".*page=\\d+.*") ? Integer.parseInt(query.replaceAll(".*page=(\\d+).*", "$1")) : 1;
        byte[] body = ("{\"items\":[{\"id\":" + page + ",\"text\":\"" + "x".repeat(padding) + "\\ud800\"}],\"page\":"
                        + page + ",\"total_pages\":" + pages + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("ETag", TAG);
        boolean known = TAG.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        statuses.add(known ? 304 : 200);
        exchange.sendResponseHeaders(known ? 304 : 200, known ? -1 : body.length);
        if (!known) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long asked(Predicate<String> which) {
        return asked.stream().filter(which).count();
    }

    int asked() {
        return asked.size();
    }

    long answered(int status) {
        return statuses.stream().filter(sent -> sent == status).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
