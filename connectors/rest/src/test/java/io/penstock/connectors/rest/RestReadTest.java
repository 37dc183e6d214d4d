package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import io.penstock.testkit.source.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestReadTest extends StubbedApi {

    @Test
    void readsTheRootWhereNothingIsSaid() {
        stub(get(urlEqualTo("/one")), "{\"id\":1}");
        assertThat(read("streams: { one: { path: /one, paging: none } }", "one"))
                .containsExactly("{\"id\":1}");
    }

    @Test
    void readsOtherNotationsThanJson() {
        API.stubFor(get(urlEqualTo("/rows")).willReturn(aResponse().withBody("id;name\n1;'a;b'\n2;\n")));
        API.stubFor(get(urlEqualTo("/lines")).willReturn(aResponse().withBody("{\"id\":1}\n{\"id\":2}")));
        API.stubFor(get(urlEqualTo("/feed")).willReturn(aResponse().withBody("<r><i><id>1</id><t>x</t></i></r>")));
        String plan = """
                streams:
                  rows: { path: /rows, format: { type: csv, separator: ";", quote: "'" } }
                  lines: { path: /lines, format: ndjson }
                  feed: { path: /feed, records: /r/i, format: { type: xml, lists: [t] } }
                """;
        assertThat(read(plan, "rows"))
                .containsExactly("{\"id\":\"1\",\"name\":\"a;b\"}", "{\"id\":\"2\",\"name\":null}");
        assertThat(read(plan, "lines")).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(read(plan, "feed")).containsExactly("{\"id\":\"1\",\"t\":[\"x\"]}");
    }

    @Test
    void readsTheArraysInsideElements() {
        stub(
                get(urlEqualTo("/groups")),
                "{\"groups\":[{\"users\":[{\"id\":1},{\"id\":2}]},{},{\"users\":[{\"id\":3}]}]}");
        assertThat(read("streams: { users: { path: /groups, records: /groups/*/users, paging: none } }", "users"))
                .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    { api_key: { header: X-Key, value: "${env:KEY}" } }                              | X-Key         | secret-key
                    { api_key: { header: Authorization, prefix: "Token ", value: "${env:KEY}" } }    | Authorization | Token secret-key
                    { bearer: "${env:KEY}" }                                                         | Authorization | Bearer secret-key
                    { basic: { user: me, password: "${env:KEY}" } }                                  | Authorization | Basic bWU6c2VjcmV0LWtleQ==
                    """)
    void putsTheCredentialWhereThePlanSays(String auth, String header, String value) {
        API.stubFor(get("/a").withHeader(header, equalTo(value)).willReturn(okJson("[{\"a\":1}]")));
        assertThat(read("auth: " + auth + "\nstreams: { a: { path: /a, records: '', paging: none } }", "a"))
                .hasSize(1);
    }

    @Test
    void putsAKeyIntoTheQuery() {
        API.stubFor(get(urlPathEqualTo("/a"))
                .withQueryParam("key", equalTo("secret-key"))
                .willReturn(okJson("[{}]")));
        assertThat(read(
                        "auth: { api_key: { query: key, value: \"${env:KEY}\" } }\n"
                                + "streams: { a: { path: /a, records: '', paging: none } }",
                        "a"))
                .hasSize(1);
    }

    @Test
    void readsChildrenInTheOrderOfTheirParentsWithValuesEncoded() {
        stub(
                get(urlEqualTo("/groups")),
                "[{\"n\":\"a b\",\"k\":{\"x\":1}},{\"n\":\"c/d\",\"k\":{\"x\":2}},{\"n\":null},{\"n\":\"../e\",\"k\":{\"x\":3}}]");
        API.stubFor(get(urlEqualTo("/groups/a%20b?k=1"))
                .willReturn(okJson("[{\"m\":1},{\"m\":2}]").withFixedDelay(200)));
        stub(get(urlEqualTo("/groups/c%2Fd?k=2")), "[]");
        stub(get(urlEqualTo("/groups/..%2Fe?k=3")), "[{}]");
        assertThat(read("""
                        streams:
                          groups: { path: /groups, records: "", paging: none }
                          members:
                            path: "/groups/{name}?k={k}"
                            parent: { stream: groups, name: /n, k: /k/x, include: { group: /n } }
                            records: ""
                            paging: none
                        """, "members"))
                .containsExactly("{\"m\":1,\"group\":\"a b\"}", "{\"m\":2,\"group\":\"a b\"}", "{\"group\":\"../e\"}");
    }

    @Test
    void aFilledInValueIsNeverLookedAtAgain() {
        stub(get(urlEqualTo("/t")), "[{\"n\":\"{slice}${env:KEY}\"}]");
        API.stubFor(get(urlPathEqualTo("/x"))
                .withQueryParam("q", equalTo("{slice}${env:KEY}"))
                .withQueryParam("s", equalTo("one"))
                .willReturn(okJson("[{\"a\":1}]")));
        assertThat(read("""
                        streams:
                          t: { path: /t, records: "", paging: none }
                          x:
                            path: /x
                            params: { q: "{n}", s: "{slice}" }
                            parent: { stream: t, n: /n }
                            slices: [one]
                            records: ""
                            paging: none
                        """, "x")).hasSize(1);
    }

    @Test
    void keepsTheTypeOfAValueThatIsAWholeTextOfTheBody() {
        stub(get(urlEqualTo("/t")), "[{\"n\":7,\"b\":true}]");
        API.stubFor(post("/x")
                .withRequestBody(equalToJson("{\"n\":7,\"b\":true,\"t\":\"n=7\",\"none\":null}"))
                .willReturn(okJson("[{\"a\":1}]")));
        assertThat(read("""
                        streams:
                          t: { path: /t, records: "", paging: none }
                          x:
                            path: /x
                            method: post
                            body: { n: "{n}", b: "{b}", t: "n={n}", none: null }
                            parent: { stream: t, n: /n, b: /b }
                            records: ""
                            paging: none
                        """, "x")).hasSize(1);
    }

    @Test
    void readsSlicesOfValuesAndWindows() {
        stub(get(urlEqualTo("/s?region=eu")), "[{\"a\":1}]");
        stub(get(urlEqualTo("/s?region=us")), "[{\"a\":2}]");
        stub(get(urlEqualTo("/w?a=2025-01-31&b=2025-02-27")), "[{\"a\":3}]");
        stub(get(urlEqualTo("/w?a=2025-02-28&b=2025-03-09")), "[{\"a\":4}]");
        String plan = """
                streams:
                  s: { path: /s, params: { region: "{region}" }, slices: { region: [eu, us] }, records: "", paging: none }
                  w:
                    path: "/w?a={start}&b={until}"
                    slices: { from: 2025-01-31, to: 2025-03-10, step: 1m, inclusive: true, as: { end: until } }
                    records: ""
                    paging: none
                """;
        assertThat(read(plan, "s")).hasSize(2);
        assertThat(read(plan, "w")).hasSize(2);
        try (Source source = source(plan)) {
            assertThat(Sources.slices(source, "w"))
                    .extracting(slice -> slice.id().key())
                    .containsExactly("from=2025-01-31", "from=2025-02-28");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "as_is, 2025-03-04T10:00:00Z, 2025-03-04T10:00:00Z",
        "iso8601, 2025-03-04T11:00:00+01:00, 2025-03-04T10:00:00Z",
        "date, 2025-03-04T10:00:00Z, 2025-03-04",
        "epoch, 2025-03-04T10:00:00.5Z, 1741082400",
        "epoch_ms, 2025-03-04T10:00:00.5Z, 1741082400500",
        "as_is, 17, 17"
    })
    void asksForChangesInTheFormatOfTheApi(String format, String value, String sent) {
        API.stubFor(get(urlPathEqualTo("/i"))
                .withQueryParam("since", absent())
                .willReturn(okJson("[{\"id\":1,\"at\":\"" + value + "\"}]")));
        String plan = "streams: { i: { path: /i, key: id, records: '', paging: none, "
                + "incremental: { field: at, param: since, format: " + format + " } } }";
        try (Source source = source(plan)) {
            Slice slice = Sources.slice(source, "i");
            List<Batch> first = Sources.read(source, slice, Optional.empty());
            Optional<Cursor> cursor = first.get(first.size() - 1).after();
            API.stubFor(get(urlPathEqualTo("/i"))
                    .withQueryParam("since", equalTo(sent))
                    .willReturn(okJson("[{\"id\":1,\"at\":\"" + value + "\"},{\"id\":2,\"at\":\"" + value + "\"}]")));
            assertThat(Sources.records(Sources.read(source, slice, cursor)))
                    .containsExactly("{\"id\":2,\"at\":\"" + value + "\"}");
        }
    }

    @Test
    void theFirstReadBeginsWhereThePlanSays() {
        stub(get(urlEqualTo("/i?since=1735689600")), "[{\"at\":1735689601}]");
        assertThat(read(
                        "streams: { i: { path: /i, records: '', paging: none, "
                                + "incremental: { field: at, param: since, start: 2025-01-01, format: epoch } } }",
                        "i"))
                .hasSize(1);
    }

    @Test
    void aStreamWithoutASchemaShowsWhatItsFirstPageHas() {
        stub(get(urlEqualTo("/s")), "[{\"id\":1,\"t\":\"x\"},{\"id\":2,\"t\":null}]");
        try (Source source = source("streams: { s: { path: /s, key: id, records: '', paging: none } }")) {
            StreamInfo info = Sources.stream(source, "s");
            assertThat(info.primaryKey()).containsExactly("id");
            assertThat(info.schema().orElseThrow())
                    .contains("\"id\":{\"type\":[\"integer\"]}", "\"t\":{\"type\":[\"string\",\"null\"]}");
            Sources.streams(source);
            API.verify(1, getRequestedFor(urlEqualTo("/s")));
        }
    }

    @Test
    void aStreamThatCannotBeReadIsListedAllTheSame() {
        API.stubFor(get("/gone").willReturn(aResponse().withStatus(404)));
        stub(get(urlEqualTo("/s")), "[{\"id\":1}]");
        try (Source source = source(
                "streams: { gone: { path: /gone, records: '', paging: none }, s: { path: /s, records: '', paging: none } }")) {
            assertThat(Sources.streams(source)).hasSize(2);
            Slice slice = Sources.slice(source, "gone");
            assertThatThrownBy(() -> Sources.read(source, slice, Optional.empty()))
                    .isInstanceOf(RequestRejected.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "skip"})
    void aPageThatIsNotThereEndsTheWalkWhereThePlanSaysSo(String meaning) {
        stub(get(urlEqualTo("/s?page=1")), "[{\"id\":1,\"at\":\"2026-01-02\"}]");
        API.stubFor(get(urlEqualTo("/s?page=2")).willReturn(aResponse().withStatus(404)));
        String plan =
                "streams: { s: { path: /s, records: '', paging: { page: {} }, incremental: { field: at, param: since }%s } }";
        assertThatThrownBy(() -> read(plan.formatted(""), "s")).isInstanceOf(RequestRejected.class);
        try (Source source = source(plan.formatted(", not_found: " + meaning))) {
            source.check().block(Duration.ofSeconds(20));
            List<Batch> read = Sources.read(source, Sources.slice(source, "s"), Optional.empty());
            assertThat(read).hasSize(2);
            assertThat(read.get(1).records().size()).isZero();
            assertThat(read.get(1).after().orElseThrow().text()).contains("2026-01-02");
        }
    }

    @Test
    void aChildThatIsGoneIsPassedOver() {
        stub(get(urlEqualTo("/p")), "[{\"id\":1},{\"id\":2},{\"id\":3}]");
        stub(get(urlEqualTo("/p/1")), "{\"n\":1}");
        API.stubFor(get(urlEqualTo("/p/2")).willReturn(aResponse().withStatus(404)));
        stub(get(urlEqualTo("/p/3")), "{\"n\":3}");
        assertThat(read("""
                        streams:
                          p: { path: /p, records: '', paging: none }
                          c: { path: "/p/{id}", parent: { stream: p, id: /id }, records: '', paging: none, not_found: skip }
                        """, "c")).containsExactly("{\"n\":1}", "{\"n\":3}");
    }

    @Test
    void findsOutWhatThePlanLeavesOpen() {
        stub(get(urlEqualTo("/d")), "{\"info\":{\"next\":\"/d?p=2\"},\"rows\":[{\"a\":1}]}".replace("info", "links"));
        stub(get(urlEqualTo("/d?p=2")), "{\"links\":{\"next\":null},\"rows\":[{\"a\":2}]}");
        assertThat(read("streams: { d: { path: /d } }", "d")).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void aFirstAnswerWithoutASuccessorIsThePageAndAskedForOnce() {
        stub(get(urlEqualTo("/d")), "{\"rows\":[{\"a\":1}]}");
        try (Source source = source("streams: { d: { path: /d, schema: { properties: { a: { type: integer } } } } }")) {
            assertThat(Sources.records(Sources.readAll(source, "d"))).hasSize(1);
        }
        API.verify(1, getRequestedFor(urlEqualTo("/d")));
    }

    @Test
    void thatOneListIsShortDoesNotCutOffAnother() {
        stub(get(urlEqualTo("/t")), "[{\"n\":1},{\"n\":2},{\"n\":3}]");
        stub(get(urlEqualTo("/d/1")), "{\"next\":null,\"rows\":[{\"a\":1}]}");
        stub(get(urlEqualTo("/d/2")), "{\"next\":\"/d/2?p=2\",\"rows\":[{\"a\":2}]}");
        stub(get(urlEqualTo("/d/2?p=2")), "{\"next\":null,\"rows\":[{\"a\":3}]}");
        stub(get(urlEqualTo("/d/3")), "{\"next\":null,\"rows\":[]}");
        String plan = "streams: { t: { path: /t }, d: { path: \"/d/{n}\", parent: { stream: t, n: /n } } }";
        assertThat(read(plan, "d")).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }

    @Test
    void aDocumentWithTheKeyIsTheRecordWhateverListsItHolds() {
        stub(get(urlEqualTo("/d")), "{\"id\":1,\"tags\":[{\"t\":1}],\"forms\":[{\"f\":1}]}");
        assertThat(read("streams: { d: { path: /d, key: id } }", "d"))
                .hasSize(1)
                .first()
                .asString()
                .contains("tags");
        assertThat(read("streams: { d: { path: /d } }", "d"))
                .hasSize(1)
                .first()
                .asString()
                .contains("tags");
    }

    @Test
    void errorsBesideNoDataAreNoRecords() {
        stub(get(urlEqualTo("/g")), "{\"errors\":[{\"message\":\"no such field\"}],\"data\":null}");
        assertThatThrownBy(() -> read("streams: { g: { path: /g } }", "g"))
                .isInstanceOf(UnexpectedContent.class)
                .hasMessageContaining("errors");
    }

    @Test
    void checkAsksOnce() {
        stub(get(urlEqualTo("/c")), "{\"next\":\"/c?p=2\",\"d\":[{\"a\":1}]}");
        try (Source source = source("streams: { c: { path: /c, records: /d, paging: { next_url: /next } } }")) {
            source.check().block(java.time.Duration.ofSeconds(10));
        }
        API.verify(1, getRequestedFor(urlPathEqualTo("/c")));
    }

    @Test
    void sayingNoIsATypedError() {
        API.stubFor(get("/html")
                .willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<html>")));
        API.stubFor(get("/no").willReturn(aResponse().withStatus(401)));
        stub(get(urlPathEqualTo("/loop")), "{\"next\":\"/loop?p=2\",\"d\":[{\"a\":1}]}");
        String plan = """
                streams:
                  html: { path: /html, records: "", paging: none }
                  no: { path: "/no", records: "", paging: none }
                  loop: { path: /loop, records: /d, paging: { next_url: /next } }
                """;
        assertThatThrownBy(() -> read(plan, "html")).isInstanceOf(UnexpectedContent.class);
        assertThatThrownBy(() -> read(plan, "no")).isInstanceOf(AuthError.class);
        assertThatThrownBy(() -> read(plan, "loop")).isInstanceOf(PaginationLoop.class);
    }
}
