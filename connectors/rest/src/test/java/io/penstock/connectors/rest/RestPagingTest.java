package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.CursorExpired;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.RequestRejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From page to page, in every style. */
class RestPagingTest extends StubbedApi {

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

    @ParameterizedTest
    @ValueSource(strings = {"3", "auto"})
    void readsNumberedPagesAheadInTheirOrder(String pages) {
        for (int page = 1; page <= 5; page++) {
            stub(get(urlEqualTo("/ahead?page=" + page)), "{\"more\":" + (page < 5) + ",\"d\":[{\"a\":" + page + "}]}");
        }
        assertThat(read(
                        "streams: { p: { path: /ahead, records: /d, read_ahead: " + pages + ", "
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
}
