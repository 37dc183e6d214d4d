package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.UnexpectedContent;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answer by which paging was recognised is the first page: it is not asked for again. */
class FirstAnswerTest extends StubbedApi {

    private static final String SCHEMA = "schema: { type: object, properties: { id: { type: integer } } }";

    @BeforeEach
    void forget() {
        API.resetAll();
    }

    private static String plan(String paging) {
        return "streams: { n: { path: /n, " + SCHEMA + paging + " } }";
    }

    private static int asked() {
        return API.findAll(getRequestedFor(anyUrl())).size();
    }

    @Test
    void aNextUrlIsFollowedFromTheFirstAnswer() {
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("page", absent()),
                "{\"next\":\"" + API.baseUrl() + "/n?page=2\",\"d\":[{\"id\":1}]}");
        stub(get(urlPathEqualTo("/n")).withQueryParam("page", equalTo("2")), "{\"next\":null,\"d\":[{\"id\":2}]}");

        assertThat(read(plan(""), "n")).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aCursorIsFollowedFromTheFirstAnswer() {
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("cursor", absent()),
                "{\"next_cursor\":\"abc\",\"d\":[{\"id\":1}]}");
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("cursor", equalTo("abc")),
                "{\"next_cursor\":null,\"d\":[{\"id\":2}]}");

        assertThat(read(plan(""), "n")).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void anOffsetIsFollowedFromTheFirstAnswer() {
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("offset", equalTo("0")),
                "{\"total\":3,\"d\":[{\"id\":1},{\"id\":2}]}");
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("offset", equalTo("2")).withQueryParam("limit", equalTo("2")),
                "{\"total\":3,\"d\":[{\"id\":3}]}");
        stub(get(urlPathEqualTo("/n")).withQueryParam("offset", equalTo("3")), "{\"total\":3,\"d\":[]}");

        assertThat(read(plan(", params: { offset: 0, limit: 2 }"), "n"))
                .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void pagingThatThePlanNamesMayAskForItsOwnFirstPage() {
        stub(get(urlPathEqualTo("/n")).withQueryParam("limit", absent()), "{\"d\":[{\"id\":1}]}");
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("limit", equalTo("2")).withQueryParam("offset", equalTo("0")),
                "{\"d\":[{\"id\":1},{\"id\":2}]}");
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("limit", equalTo("2")).withQueryParam("offset", equalTo("2")),
                "{\"d\":[{\"id\":3}]}");
        stub(
                get(urlPathEqualTo("/n")).withQueryParam("limit", equalTo("2")).withQueryParam("offset", equalTo("3")),
                "{\"d\":[]}");

        assertThat(read(plan(", paging: { offset: { size: 2 } }"), "n"))
                .startsWith("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void aFirstAnswerThatMustNotBeIsAskedForAgain() {
        for (String wrong : new String[] {"<html>busy</html>", "{\"d\":[{\"id\":"}) {
            API.resetAll();
            String type = wrong.startsWith("<") ? "text/html" : "application/json";
            API.stubFor(get(urlPathEqualTo("/n"))
                    .inScenario("mended")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("good")
                    .willReturn(aResponse().withHeader("Content-Type", type).withBody(wrong)));
            API.stubFor(get(urlPathEqualTo("/n"))
                    .inScenario("mended")
                    .whenScenarioStateIs("good")
                    .willReturn(okJson("{\"d\":[{\"id\":1}]}")));

            assertThat(read(plan(""), "n")).as(wrong).containsExactly("{\"id\":1}");
            assertThat(asked()).isEqualTo(2);
        }
    }

    @Test
    void whatNeverBecomesGoodIsToldWithTheRequestsThatWereMade() {
        API.stubFor(get(urlPathEqualTo("/n"))
                .willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<html>")));

        assertThatThrownBy(() -> read(plan(""), "n"))
                .isInstanceOfSatisfying(
                        UnexpectedContent.class,
                        failure -> assertThat(failure.requests()).hasSizeGreaterThan(1));
    }

    @Test
    void aTextLargerThanTheParserOfTreesLikesIsARecordLikeAnother() {
        String text = numbers(1_200_000); // which does not pack so well that it would be taken for a bomb
        stub(get(urlPathEqualTo("/n")), "{\"d\":[{\"id\":1,\"text\":\"" + text + "\"}]}");

        assertThat(read(plan(""), "n")).containsExactly("{\"id\":1,\"text\":\"" + text + "\"}");
    }

    @Test
    void anAnswerTooLargeToBeLookedAtSaysWhatToWriteIntoThePlan() {
        stub(get(urlPathEqualTo("/n")), "{\"d\":[\"" + numbers(2_600_000) + "\"]}");

        assertThatThrownBy(() -> read(plan(""), "n"))
                .isInstanceOf(LimitExceeded.class)
                .hasMessageContaining("page_buffer")
                .hasMessageContaining("records: /items and paging: none");
    }

    private static String numbers(int count) {
        return new Random(1)
                .ints(count, 0, 10_000_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }
}
