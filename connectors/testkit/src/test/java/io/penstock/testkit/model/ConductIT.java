package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Limits, latency, tags, compression, bad conduct, and the count of it all. */
class ConductIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static JsonNode stats(ModelApi api) {
        return new Client(api, 1).json("/_stats");
    }

    @Test
    void theLimitHoldsExactlyWhileTimeStandsStillAndEndsWithItsWindow() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (ModelApi api = ModelApi.builder()
                .records(100)
                .limit(3, Duration.ofMillis(1500))
                .scheduler(time)
                .build()
                .start()) {
            Client client = new Client(api, 1);
            for (int left = 2; left >= 0; left--) {
                HttpResponse<String> admitted = Client.send(client.get("/v1/orders"));
                assertThat(admitted.statusCode()).isEqualTo(200);
                assertThat(admitted.headers().firstValue("RateLimit")).contains("\"default\";r=" + left + ";t=2");
                assertThat(admitted.headers().firstValue("RateLimit-Policy")).contains("\"default\";q=3;w=2");
            }
            HttpResponse<String> refused = Client.send(client.get("/v1/customers"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("2");
            assertThat(refused.headers().firstValue("RateLimit")).contains("\"default\";r=0;t=2");
            assertThat(Client.send(client.request("/v1/orders", Map.of("Authorization", "Bearer demo-token"))
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
            time.advanceTimeBy(Duration.ofMillis(1499));
            assertThat(Client.send(client.get("/v1/orders")).statusCode()).isEqualTo(429);
            time.advanceTimeBy(Duration.ofMillis(1));
            assertThat(Client.send(client.get("/v1/orders")).statusCode()).isEqualTo(200);
            assertThat(stats(api).path("max_in_window").asInt()).isEqualTo(3);
            assertThat(stats(api).path("max_asked_in_window").asInt()).isEqualTo(5); // and the two that were refused
            assertThat(stats(api).path("sent_429").asInt()).isEqualTo(2);
            assertThat(stats(api).path("requests").asInt()).isEqualTo(7);
        }
    }

    @Test
    void latencyIsWaitedForOnTheSchedulerAndThriceForDocuments() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (ModelApi api = ModelApi.builder()
                .records(100)
                .latency(Duration.ofHours(1))
                .scheduler(time)
                .build()
                .start()) {
            Client client = new Client(api, 1);
            CompletableFuture<HttpResponse<String>> orders = Client.sendAsync(client.get("/v1/orders"));
            CompletableFuture<HttpResponse<String>> documents = Client.sendAsync(client.get("/v1/documents"));
            await().atMost(LIMIT).until(() -> time.getScheduledTaskCount() == 2);
            assertThat(stats(api).path("in_flight").asInt()).isEqualTo(2);
            time.advanceTimeBy(Duration.ofMinutes(59));
            assertThat(orders).isNotDone();
            time.advanceTimeBy(Duration.ofMinutes(1));
            assertThat(orders).succeedsWithin(LIMIT);
            time.advanceTimeBy(Duration.ofMinutes(119));
            assertThat(documents).isNotDone();
            time.advanceTimeBy(Duration.ofMinutes(1));
            assertThat(documents).succeedsWithin(LIMIT);
            await().atMost(LIMIT).until(() -> stats(api).path("in_flight").asInt() == 0);
            assertThat(stats(api).path("max_in_flight").asInt()).isEqualTo(2);
        }
    }

    @Test
    void whoHangsUpIsNoLongerInFlight() throws IOException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (ModelApi api = ModelApi.builder()
                .latency(Duration.ofHours(1))
                .scheduler(time)
                .build()
                .start()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
                String request = "GET /v1/orders?api_key=demo-key HTTP/1.1\r\nHost: a\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                await().atMost(LIMIT).until(() -> stats(api).path("in_flight").asInt() == 1);
            }
            await().atMost(LIMIT).until(() -> stats(api).path("in_flight").asInt() == 0);
        }
    }

    @Test
    void aTagHoldsUntilTheRevisionOrTheRequestIsAnother() {
        try (ModelApi api = ModelApi.builder().records(500).build().start()) {
            Client client = new Client(api, 1);
            HttpResponse<String> first = Client.send(client.get("/v1/invoices?limit=10"));
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(tag).matches("\"[0-9a-f]{16}\"");
            assertThat(conditional(client, "/v1/invoices?limit=10", tag)).isEqualTo(304);
            assertThat(conditional(client, "/v1/invoices?limit=11", tag)).isEqualTo(200);
            assertThat(conditional(client, "/v1/invoices?limit=10", "\"other\""))
                    .isEqualTo(200);
            api.revision(2);
            assertThat(conditional(client, "/v1/invoices?limit=10", tag)).isEqualTo(200);
        }
    }

    private static int conditional(Client client, String path, String tag) {
        Map<String, String> headers = Map.of("X-Api-Key", "demo-key", "If-None-Match", tag);
        HttpResponse<String> response =
                Client.send(client.request(path, headers).build());
        assertThat(response.body().isEmpty()).isEqualTo(response.statusCode() == 304);
        return response.statusCode();
    }

    @Test
    void compressesOnlyWhenToldTo() {
        for (boolean gzip : new boolean[] {false, true}) {
            try (ModelApi api =
                    ModelApi.builder().records(100).gzip(gzip).build().start()) {
                Map<String, String> headers = Map.of("X-Api-Key", "demo-key", "Accept-Encoding", "gzip");
                HttpResponse<String> response = Client.send(
                        new Client(api, 1).request("/v1/orders", headers).build());
                assertThat(response.headers().firstValue("Content-Encoding").isPresent())
                        .isEqualTo(gzip);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aClientThatRepeatsReachesTheTruthThroughEveryFault(long seed) {
        try (ModelApi api =
                ModelApi.builder().records(2000).hostile(seed).build().start()) {
            Client client = new Client(api, 6);
            Flux.fromIterable(ModelData.streams())
                    .flatMap(
                            stream -> Flux.defer(() -> Flux.fromIterable(client.walk(stream, "", 8)))
                                    .subscribeOn(Schedulers.boundedElastic())
                                    .collectList()
                                    .doOnNext(rows -> assertThat(Checksums.of(rows))
                                            .as("%s with seed %d", stream, seed)
                                            .isEqualTo(api.data().truth(stream, 1))),
                            3)
                    .blockLast(Duration.ofMinutes(2));
            // A client has all of an answer a moment before the server knows that it has left.
            await().atMost(LIMIT).until(() -> stats(api).path("in_flight").asInt() == 0);
            JsonNode stats = stats(api);
            assertThat(stats.path("faults").size()).as("%s", stats).isGreaterThanOrEqualTo(11);
            long hits = 0;
            for (JsonNode count : stats.path("faults")) {
                hits += count.asLong();
            }
            double share = (double) hits / stats.path("requests").asLong();
            assertThat(share).as("%s", stats).isBetween(0.05, 0.12);
        }
    }

    @Test
    void countsByStreamAndForgetsOnReset() {
        try (ModelApi api = ModelApi.builder().records(10).build().start()) {
            Client client = new Client(api, 1);
            client.json("/v1/orders");
            client.json("/v1/orders");
            client.json("/v1/customers/cus_000000001");
            Client.send(client.post("{}"));
            assertThat(stats(api).path("by_stream").toString())
                    .isEqualTo("{\"customers\":1,\"orders\":2,\"products\":1}");
            Client.send(client.request("/_reset", Map.of())
                    .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                    .build());
            assertThat(stats(api).path("requests").asInt()).isZero();
            assertThat(stats(api).path("by_stream").isEmpty()).isTrue();
        }
    }

    @Test
    void theTruthIsToldForEveryRevisionSoFar() {
        try (ModelApi api = ModelApi.builder().records(700).revision(3).build().start()) {
            JsonNode truth = new Client(api, 1).json("/_truth");
            assertThat(truth.path("revision").asInt()).isEqualTo(3);
            assertThat(truth.path("revisions").size()).isEqualTo(3);
            assertThat(truth.at("/streams")).isEqualTo(truth.at("/revisions/3"));
            for (String stream : List.of("customers", "events")) {
                JsonNode second = new Client(api, 1).json("/_truth?revision=2").at("/streams/" + stream);
                assertThat(second).isEqualTo(truth.at("/revisions/2/" + stream));
                assertThat(second.path("checksum").asText())
                        .isEqualTo(ModelData.of(42, 700).truth(stream, 2).checksum());
            }
        }
    }
}
