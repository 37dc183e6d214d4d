package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.client.ClientResources;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Where the fields of a stream are learned from, and what that costs. */
class SchemaGuessTest extends StubbedApi {

    private static final String CURSORS =
            "streams: { n: { path: /n, records: /d, key: id, paging: { cursor: { at: /next, param: c } } } }";
    private static final String SLICES =
            "streams: { n: { path: /n, records: /d, key: id, paging: none, params: { r: \"{r}\" }, slices: { r: [p0, p1, p2, p3] } } }";

    @BeforeEach
    void forget() {
        API.resetAll();
    }

    private static Optional<String> schema(String plan) {
        try (Source source = source(plan)) {
            return Sources.stream(source, "n").schema();
        }
    }

    private static int asked() {
        return API.findAll(getRequestedFor(anyUrl())).size();
    }

    /** Four pages by cursor, or four slices, of which only the one with that number has a record. */
    private static void onlyIn(int full) {
        stub(get(urlPathEqualTo("/n")), page(0, full));
        for (int page = 0; page < 4; page++) {
            stub(get(urlPathEqualTo("/n")).withQueryParam("c", equalTo("p" + page)), page(page, full));
            stub(get(urlPathEqualTo("/n")).withQueryParam("r", equalTo("p" + page)), page(page, full));
        }
    }

    private static String page(int page, int full) {
        return "{\"d\":[" + (page == full ? "{\"id\":1,\"colour\":\"red\"}" : "") + "],\"next\":"
                + (page == 3 ? "null" : "\"p" + (page + 1) + "\"") + "}";
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3"})
    void anEmptyPageIsPassedOver(int full, int requests) {
        onlyIn(full);

        assertThat(schema(CURSORS))
                .hasValueSatisfying(schema -> assertThat(schema).contains("\"colour\""));
        assertThat(asked()).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 3"})
    void anEmptySliceIsPassedOver(int full, int requests) {
        onlyIn(full);

        assertThat(schema(SLICES))
                .hasValueSatisfying(schema -> assertThat(schema).contains("\"colour\""));
        assertThat(asked()).isEqualTo(requests);
    }

    @Test
    void nobodyWaitsLongForAPageThatDoesNotCome() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Transport silent = new Transport() {
            @Override
            public Flux<ResponsePart> send(ApiRequest request) {
                return Flux.never();
            }

            @Override
            public void close() {}
        };
        ClientResources resources = ClientResources.of(silent, time, Clock.systemUTC(), new SplittableRandom(1));
        try (SourceRig rig = SourceRig.of(resources, resources::client);
                Source source = Plans.open(rig, "https://api.example.test", CURSORS)) {
            StepVerifier.withVirtualTime(() -> source.streams(), () -> time, 1)
                    .expectSubscription()
                    .expectNoEvent(Duration.ofSeconds(29))
                    .thenAwait(Duration.ofSeconds(1))
                    .assertNext(info -> assertThat(info.schema()).isEmpty())
                    .expectComplete()
                    .verify(Duration.ofSeconds(10));
        }
    }

    @Test
    void noMoreThanThreeRequestsAreSpentOnIt() {
        onlyIn(3);

        assertThat(schema(CURSORS)).isEmpty();
        assertThat(asked()).isEqualTo(3);
        API.resetRequests();
        assertThat(schema(SLICES)).isEmpty();
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void aParentWithoutChildrenIsPassedOver() {
        stub(get(urlPathEqualTo("/p")), "[{\"id\":1},{\"id\":2},{\"id\":3}]");
        stub(get(urlPathEqualTo("/p/1/n")), "[]");
        stub(get(urlPathEqualTo("/p/2/n")), "[{\"id\":7,\"colour\":\"red\"}]");
        String plan = "streams: { p: { path: /p, records: \"\", key: id, paging: none },"
                + " n: { path: \"/p/{id}/n\", records: \"\", key: id, paging: none, parent: { stream: p, id: /id } } }";

        assertThat(schema(plan)).hasValueSatisfying(schema -> assertThat(schema).contains("\"colour\""));
        assertThat(API.findAll(getRequestedFor(urlPathEqualTo("/p/1/n")))).hasSize(1);
        assertThat(API.findAll(getRequestedFor(urlPathEqualTo("/p/3/n")))).isEmpty();
    }

    @Test
    void aStreamWithoutRecordsHasNoneAndIsAskedOnce() {
        stub(get(urlPathEqualTo("/n")), "{\"d\":[],\"next\":null}");

        assertThat(schema(CURSORS)).isEmpty();
        assertThat(asked()).isEqualTo(1);
    }
}
