package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.http.RawServer;
import io.penstock.page.Paging;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that ends a page only when the next one has been asked for. Budget: 20 s. */
class PeekIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAGES = 5;
    private static final String FILLER = "{\"id\":-1,\"text\":\"" + "x".repeat(300) + "\"},";
    private static final ClientResources RESOURCES = ClientResources.create();

    record Item(int id) {}

    @AfterAll
    static void close() {
        RESOURCES.close();
    }

    /** The n-th waits for the request behind it. */
    private static final class Book {

        private final String order;
        private final String framing;
        private final List<CountDownLatch> asked = IntStream.rangeClosed(0, PAGES)
                .mapToObj(i -> new CountDownLatch(1))
                .toList();
        private final AtomicInteger overlapped = new AtomicInteger();

        Book(String order, String framing) {
            this.order = order;
            this.framing = framing;
        }

        void serve(RawServer.Talk talk) throws IOException {
            while (true) {
                String head = talk.request();
                int page = head.contains("cursor=c") ? head.charAt(head.indexOf("cursor=c") + 8) - '0' : 0;
                asked.get(page).countDown();
                answer(talk, page);
            }
        }

        private void answer(RawServer.Talk talk, int page) throws IOException {
            String next = page + 1 < PAGES ? "\"next\":\"c" + (page + 1) + "\"" : "\"next\":null";
            String records = "\"items\":[" + FILLER.repeat(30) + "{\"id\":" + page + "}]";
            boolean first = order.equals("cursor first");
            String begins = first ? "{" + next + ",\"items\":[" : "{" + records.substring(0, records.length() - 1);
            String rest = first ? records.substring(9) + "}" : "]," + next + "}";
            switch (framing) {
                case "length" -> {
                    talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + (begins.length() + rest.length()) + "\r\n\r\n"
                            + begins);
                    await(page);
                    talk.send(rest);
                }
                case "chunked" -> {
                    talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(begins));
                    await(page);
                    talk.send(chunk(rest) + "0\r\n\r\n");
                }
                default -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    GZIPOutputStream zip = new GZIPOutputStream(bytes, true);
                    zip.write(begins.getBytes(StandardCharsets.UTF_8));
                    zip.flush();
                    talk.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
                    talk.send(chunk(bytes.toString(StandardCharsets.ISO_8859_1)));
                    bytes.reset();
                    await(page);
                    zip.write(rest.getBytes(StandardCharsets.UTF_8));
                    zip.close();
                    talk.send(chunk(bytes.toString(StandardCharsets.ISO_8859_1)) + "0\r\n\r\n");
                }
            }
        }

        private static String chunk(String text) {
            return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
        }

        private void await(int page) throws IOException {
            if (page + 1 == PAGES || !order.equals("cursor first")) {
                return;
            }
            try {
                if (asked.get(page + 1).await(20, TimeUnit.SECONDS)) {
                    overlapped.incrementAndGet();
                }
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cursor first, length",
        "cursor first, chunked",
        "cursor first, gzip",
        "records first, length",
        "records first, chunked"
    })
    void theNextPageIsAskedForWhereItsAddressComesFirst(String order, String framing) {
        Book book = new Book(order, framing);
        try (RawServer server = RawServer.start(book::serve)) {
            ApiClient api = RESOURCES.client(server.url("")).build();
            List<Integer> ids = api.get("/items")
                    .pages(Paging.cursor("/next", "cursor"))
                    .aheadAsAllowed()
                    .records("/items", Item.class)
                    .map(Item::id)
                    .filter(id -> id >= 0)
                    .collectList()
                    .block(LIMIT);
            assertThat(ids).isEqualTo(IntStream.range(0, PAGES).boxed().toList());
            assertThat(server.requests()).hasSize(PAGES);
            assertThat(book.overlapped).hasValue(order.equals("cursor first") ? PAGES - 1 : 0);
        }
    }
}
