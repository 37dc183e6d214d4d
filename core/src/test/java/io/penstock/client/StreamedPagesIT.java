package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.decode.format.Format;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.http.RawServer;
import io.penstock.page.Paging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Pages through the whole client and real sockets, by the byte. Budget: 20 s. */
class StreamedPagesIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ClientResources RESOURCES = ClientResources.create();
    private static final int DOCUMENT = 200 << 20;
    private static final long MOST_UNASKED =
            32 << 20; // the page buffer, some chunks, and what the system's sockets hold

    @AfterAll
    static void close() {
        RESOURCES.close();
    }

    private static Flux<PageBatch> pages(RawServer server, Format format, String records) {
        ApiClient api = RESOURCES.client(server.url("")).build();
        return api.get("/export").pages(Paging.none()).in(format).batches(records);
    }

    @Test
    void theSocketIsReadNoFurtherWhileNobodyAsks() {
        AtomicLong accepted = new AtomicLong();
        byte[] block = "{\"a\":1}\n".repeat(8 << 10).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + DOCUMENT + "\r\n\r\n");
            for (int sent = 0; sent < DOCUMENT; sent += block.length) {
                talk.send(block);
                accepted.addAndGet(block.length);
            }
        })) {
            StepVerifier.create(pages(server, Format.ndjson(), ""), 1)
                    .assertNext(batch -> assertThat(batch.records().byteCount()).isLessThanOrEqualTo(512 << 10))
                    .then(() -> await().during(Duration.ofMillis(500))
                            .atMost(LIMIT)
                            .until(() -> accepted.get() < MOST_UNASKED))
                    .thenRequest(3)
                    .expectNextCount(3)
                    .thenCancel()
                    .verify(LIMIT);
            assertThat(accepted.get()).isLessThan(MOST_UNASKED);
            await().atMost(LIMIT).until(() -> server.hangUps() == 1);
        }
    }

    @Test
    void aBreakHalfWayComesAgainUnderAHigherAttempt() {
        byte[] whole = "{\"a\":1}\n".repeat(3 << 20).getBytes(StandardCharsets.UTF_8);
        AtomicLong calls = new AtomicLong();
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + whole.length + "\r\n\r\n");
            talk.send(calls.incrementAndGet() == 1 ? java.util.Arrays.copyOf(whole, whole.length - 1000) : whole);
        })) {
            long[] records = new long[3];
            boolean[] ended = new boolean[3];
            pages(server, Format.ndjson(), "")
                    .doOnNext(batch -> {
                        records[batch.attempt()] += batch.records().size();
                        ended[batch.attempt()] |= batch.end();
                    })
                    .blockLast(LIMIT);
            assertThat(ended).containsExactly(false, false, true);
            assertThat(records[1]).isPositive().isLessThan(3 << 20);
            assertThat(records[2]).isEqualTo(3 << 20);
        }
    }

    @Test
    void linesThatEndWithTheConnectionAreTakenOnlyWhereThatWasAllowed() {
        byte[] answer = "HTTP/1.1 200 OK\r\n\r\n{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.answering(answer)) {
            StepVerifier.create(pages(server, Format.ndjson(), ""))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ProtocolError.class)
                            .hasMessageContaining("allow_unframed: true"))
                    .verify(LIMIT);
            StepVerifier.create(pages(server, Format.ndjson().allowUnframed(), ""))
                    .assertNext(batch -> assertThat(batch.records().size()).isEqualTo(2))
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/gzip",
                "Content-Type: application/octet-stream",
                "Content-Encoding: gzip"
            })
    void aGzipFileIsInflatedHoweverItIsNamed(String field) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("id,name\n1,Ann\n".getBytes(StandardCharsets.UTF_8));
        }
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 OK\r\n" + field + "\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
            talk.send(zipped.toByteArray());
        })) {
            Format format = field.contains("octet") ? Format.csv().gzipped() : Format.csv();
            PageBatch batch = pages(server, format, "").single().block(LIMIT);
            assertThat(batch.records().text(0)).isEqualTo("{\"id\":\"1\",\"name\":\"Ann\"}");
            assertThat(server.requests().get(0)).containsIgnoringCase("accept: text/csv, */*;q=0.5");
        }
    }

    @Test
    void rowsWhoseEndNothingProvesAreRefused() {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\na\n1\n")) {
            StepVerifier.create(pages(server, Format.csv(), ""))
                    .expectErrorSatisfies(failure -> assertThat(failure).isInstanceOf(ProtocolError.class))
                    .verify(LIMIT);
        }
    }
}
