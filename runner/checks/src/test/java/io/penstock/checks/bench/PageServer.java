package io.penstock.checks.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Serves prepared bytes as fast as Reactor Netty can, so that a benchmark measures its client.
 *
 * <p>{@code /pages?cursor=n&of=m&wait=ms}: a page of about 50 kB with 100 records and the next cursor; {@code /document?records=n}:
 * one document of n records, chunked.
 */
public final class PageServer {

    /** Records of one page. */
    static final int PAGE = 100;

    /** The JSON Schema of a record, in YAML's flow style. */
    static final String SCHEMA = "{ type: object, properties: { id: { type: integer }, page: { type: boolean },"
            + " uuid: { type: string }, name: { type: string }, email: { type: string }, active: { type: boolean },"
            + " balance: { type: number }, created_at: { type: string, format: date-time }, score: { type: integer },"
            + " address: { type: object }, tags: { type: array }, note: { type: string }, text: { type: string },"
            + " company: { type: string }, phone: { type: string } } }";

    private static final byte[] RECORDS = records(PAGE);
    private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

    private PageServer() {}

    /** Starts on a free port, prints it, and serves until its standard input ends. */
    public static void main(String[] args) throws java.io.IOException {
        DisposableServer server = start();
        System.out.println(server.port());
        while (System.in.read() >= 0) {
            // whoever started this process lives
        }
        server.disposeNow();
    }

    /** Starts on a free port of this machine; blocks until it is open. */
    public static DisposableServer start() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/pages", PageServer::page).get("/document", PageServer::document))
                .bindNow();
    }

    private static Mono<Void> page(HttpServerRequest request, HttpServerResponse response) {
        int at = parameter(request, "cursor").orElse(0);
        int of = parameter(request, "of").orElse(1);
        byte[] head = ("{\"next\":" + (at + 1 < of ? "\"" + (at + 1) + "\"" : "null") + ",\"items\":[{\"id\":" + at
                        + ",\"page\":true},")
                .getBytes(StandardCharsets.UTF_8);
        Mono<Void> answer = response.header("Content-Type", "application/json")
                .header("Content-Length", Integer.toString(head.length + RECORDS.length + END.length))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(head, RECORDS, END)))
                .then();
        int wait = parameter(request, "wait").orElse(0);
        return wait == 0 ? answer : Mono.delay(Duration.ofMillis(wait)).then(answer);
    }

    private static Mono<Void> document(HttpServerRequest request, HttpServerResponse response) {
        int pages = parameter(request, "records").orElse(PAGE) / PAGE;
        Flux<ByteBuf> body = Flux.range(0, pages)
                .map(n -> Unpooled.wrappedBuffer(bytes(n == 0 ? "{\"items\":[" : ","), RECORDS))
                .cast(ByteBuf.class)
                .concatWith(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(END)));
        return response.header("Content-Type", "application/json").send(body).then();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Integer> parameter(HttpServerRequest request, String name) {
        for (String pair : request.uri().replaceFirst("^[^?]*\\??", "").split("&")) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(Integer.parseInt(pair.substring(name.length() + 1)));
            }
        }
        return Optional.empty();
    }

    /** {@code count} records of about 500 bytes, separated by commas. */
    static byte[] records(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append(record(i));
        }
        return bytes(text.toString());
    }

    private static String record(int i) {
        return String.format(
                "{\"id\":%d,\"uuid\":\"6f1c2a-%06d\",\"name\":\"Customer Número %d\",\"email\":\"customer%d@example.com\","
                        + "\"active\":%b,\"balance\":%d.%02d,\"created_at\":\"2025-03-%02dT10:%02d:07.250Z\",\"score\":%d,"
                        + "\"address\":{\"street\":\"%d Harbour Road\",\"city\":\"Zürich\",\"zip\":\"80%02d\",\"country\":\"CH\"},"
                        + "\"tags\":[\"alpha\",\"beta\",\"gamma\"],\"note\":null,"
                        + "\"text\":\"A somewhat longer text that a record of a real API would carry, with a quote \\\"%d\\\" in it.\","
                        + "\"company\":\"Example Holding %d AG\",\"phone\":\"+41 44 %07d\"}",
                i, i, i, i, i % 2 == 0, i * 7, i % 100, 1 + i % 28, i % 60, i * 31, i, i % 100, i, i, i * 13);
    }
}
