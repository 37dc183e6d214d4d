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
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.CursorExpired;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestReadTest {

    @RegisterExtension
    static final WireMockExtension API =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private static SourceRig rig;

    @BeforeAll
    static void open() {
        rig = new SourceRig();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @Test
    void readsTheRootWhereNothingIsSaid() {
        stub(get(urlEqualTo("/one")), "{\"id\":1}");
        assertThat(read("streams: { one: { path: /one, paging: none } }", "one"))
                .containsExactly("{\"id\":1}");
    }

    @Test
    void followsACursorWithItsParameter() {
        stub(get(urlEqualTo("/c?size=2")), "{\"meta\":{\"next\":\"x y\"},\"rows\":[{\"a\":1},{\"a\":2}]}");
        stub(get(urlEqualTo("/c?size=2&after=x%20y")), "{\"meta\":{\"next\":null},\"rows\":[{\"a\":3}]}");
        assertThat(read("""
                        params: { size: 2 }
                        streams:
                          c: { path: /c, records: /rows, paging: { cursor: { at: /meta/next, param: after } } }
                        """, "c")).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }

    @Test
    void followsOffsetsToTheFirstEmptyPage() {
        stub(get(urlEqualTo("/o?from=0&size=2")), "[{\"a\":1},{\"a\":2}]");
        stub(get(urlEqualTo("/o?from=2&size=2")), "[{\"a\":3}]");
        stub(get(urlEqualTo("/o?from=3&size=2")), "[]");
        assertThat(read("""
                        streams:
                          o: { path: /o, records: "", paging: { offset: { param: from, limit_param: size, size: 2 } } }
                        """, "o")).hasSize(3);
    }

    @Test
    void followsPagesByNumberAndCount() {
        stub(get(urlEqualTo("/p?page=0")), "{\"pages\":2,\"d\":[{\"a\":1}]}");
        stub(get(urlEqualTo("/p?page=1")), "{\"pages\":2,\"d\":[{\"a\":2}]}");
        assertThat(read(
                        "streams: { p: { path: /p, records: /d, paging: { page: { first: 0, total_pages: /pages } } } }",
                        "p"))
                .hasSize(2);
    }

    @Test
    void readsNumberedPagesAheadInTheirOrder() {
        for (int page = 1; page <= 5; page++) {
            stub(get(urlEqualTo("/ahead?page=" + page)), "{\"more\":" + (page < 5) + ",\"d\":[{\"a\":" + page + "}]}");
        }
        assertThat(read(
                        "streams: { p: { path: /ahead, records: /d, read_ahead: 3, "
                                + "paging: { page: { has_next: /more } } } }",
                        "p"))
                .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}", "{\"a\":5}");
    }

    @Test
    void dropsWhatComesTwiceWhereAListHasMoved() {
        stub(get(urlEqualTo("/moving?offset=0&limit=2")), "{\"n\":3,\"d\":[{\"id\":1},{\"id\":2}]}");
        stub(get(urlEqualTo("/moving?offset=2&limit=2")), "{\"n\":4,\"d\":[{\"id\":2},{\"id\":3}]}");
        stub(get(urlEqualTo("/moving?offset=4&limit=2")), "{\"n\":4,\"d\":[]}");
        assertThat(read(
                        "streams: { m: { path: /moving, records: /d, key: id, "
                                + "paging: { offset: { size: 2, total: /n } } } }",
                        "m"))
                .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void tellsTokensThatDiedFromRequestsThatAreRefused() {
        stub(get(urlEqualTo("/dies")), "{\"next\":\"t\",\"d\":[{\"id\":1}]}");
        API.stubFor(get(urlEqualTo("/dies?cursor=t"))
                .willReturn(aResponse().withStatus(422).withBody("{\"error\":{\"code\":\"stale\"}}")));
        String plan = "streams: { d: { path: /dies, records: /d, paging: { cursor: { at: /next } }%s } }";
        assertThatThrownBy(() -> read(plan.formatted(""), "d")).isInstanceOf(RequestRejected.class);
        assertThatThrownBy(() -> read(plan.formatted(", token_expired: { status: [422] }"), "d"))
                .isInstanceOf(CursorExpired.class);
    }

    @Test
    void stopsBehindMaxPagesAndMaxRecords() {
        stub(get(urlEqualTo("/long?page=1")), "[{\"a\":1}]");
        stub(get(urlEqualTo("/long?page=2")), "[{\"a\":2}]");
        for (String bound : List.of("max_pages: 2", "max_records: 2")) {
            assertThatThrownBy(() ->
                            read("streams: { l: { path: /long, records: '', paging: page, " + bound + " } }", "l"))
                    .isInstanceOf(LimitExceeded.class)
                    .hasMessageContaining(bound.substring(0, bound.indexOf(':')));
        }
    }

    @Test
    void followsLinkHeadersAndNextUrls() {
        API.stubFor(
                get(urlEqualTo("/l")).willReturn(okJson("[{\"a\":1}]").withHeader("Link", "</l?p=2>; rel=\"next\"")));
        stub(get(urlEqualTo("/l?p=2")), "[{\"a\":2}]");
        stub(get(urlEqualTo("/n")), "{\"next\":\"/n?p=2\",\"d\":[{\"a\":3}]}");
        stub(get(urlEqualTo("/n?p=2")), "{\"next\":null,\"d\":[{\"a\":4}]}");
        String plan = """
                streams:
                  l: { path: /l, records: "", paging: link }
                  n: { path: /n, records: /d, paging: { next_url: /next } }
                """;
        assertThat(read(plan, "l")).hasSize(2);
        assertThat(read(plan, "n")).hasSize(2);
    }

    @Test
    void sendsACursorInTheBody() {
        API.stubFor(post("/g")
                .withRequestBody(equalToJson("{\"q\":\"a\",\"page\":{\"size\":1}}"))
                .willReturn(okJson("{\"d\":{\"edges\":[{\"node\":{\"a\":1}}],\"end\":\"e1\",\"more\":true}}")));
        API.stubFor(post("/g")
                .withRequestBody(equalToJson("{\"q\":\"a\",\"page\":{\"size\":1,\"after\":\"e1\"}}"))
                .willReturn(okJson("{\"d\":{\"edges\":[{\"node\":{\"a\":2}}],\"end\":\"e2\",\"more\":false}}")));
        assertThat(read("""
                        streams:
                          g:
                            path: /g
                            method: post
                            body: { q: a, page: { size: 1 } }
                            records: /d/edges/*/node
                            paging: { cursor: { at: /d/end, has_more: /d/more, body: /page/after } }
                        """, "g")).containsExactly("{\"a\":1}", "{\"a\":2}");
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

    private Source source(String plan) {
        return Plans.open(rig, API.baseUrl(), plan);
    }

    private List<String> read(String plan, String stream) {
        try (Source source = source(plan)) {
            return Sources.records(Sources.readAll(source, stream));
        }
    }

    private static void stub(MappingBuilder request, String body) {
        API.stubFor(request.willReturn(okJson(body)));
    }
}
