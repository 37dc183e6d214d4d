package io.penstock.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preview says of an API of which the plan names only the address. */
final class PreviewIT {

    private static final String PLAN = """
            connections:
              shop:
                source:
                  connector: rest
                  base_url: "%s"
                  streams:
                    things: { path: /things, params: { colour: "very-secret-red" }%s }
                sink: { connector: jsonl, path: out }
            """;

    private final WireMockServer api = new WireMockServer(options().dynamicPort());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void serve() {
        api.start();
        api.stubFor(get(urlPathEqualTo("/things"))
                .withQueryParam("after", absent())
                .willReturn(okJson(
                        "{\"data\": {\"things\": [{\"id\": 1}, {\"id\": 2}]}, \"paging\": {\"after\": \"x\"}}")));
        api.stubFor(get(urlPathEqualTo("/things"))
                .withQueryParam("after", equalTo("x"))
                .willReturn(okJson("{\"data\": {\"things\": [{\"id\": 3}]}, \"paging\": {\"after\": null}}")));
        terminal = new Terminal(folder);
        terminal.write("plan.yaml", PLAN.formatted(api.baseUrl(), ""));
    }

    @AfterEach
    void stop() {
        api.stop();
    }

    @Test
    void tellsPeopleWhatWasSentAndWhatWasFoundOut() {
        Terminal.Result result = terminal.run("preview", "plan.yaml", "things");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("{\"id\": 1}\n{\"id\": 2}\n{\"id\": 3}\n");
        assertThat(result.err().lines().map(line -> line.replaceAll("\\d+ ms", "N ms")))
                .containsExactly(
                        "GET " + api.baseUrl() + "/things?colour  200  N ms",
                        "GET " + api.baseUrl() + "/things?colour&after  200  N ms",
                        "Found in the first answer; write it into the plan to settle it:",
                        "  records: \"/data/things\"                                  the records are at /data/things",
                        "  paging: { cursor: { at: /paging/after, param: after } }  a cursor at /paging/after goes back as"
                                + " the query parameter after",
                        "3 records shown of shop/things; 1 request went ahead to learn its shape.");
        assertThat(result.err()).doesNotContain("very-secret-red");
    }

    @Test
    void tellsProgramsTheSame() throws Exception {
        Terminal.Result result = terminal.run("preview", "plan.yaml", "things", "--json");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertThat(document.path("stream").asText()).isEqualTo("shop/things");
        assertThat(document.path("records")).hasSize(3);
        assertThat(document.path("found").findValuesAsText("setting")).containsExactly("records", "paging");
        assertThat(document.path("found").findValuesAsText("value"))
                .isEqualTo(List.of("\"/data/things\"", "{ cursor: { at: /paging/after, param: after } }"));
        assertThat(document.path("requests")).hasSize(2).allSatisfy(request -> {
            assertThat(request.path("method").asText()).isEqualTo("GET");
            assertThat(request.path("address").asText()).isEqualTo(api.baseUrl() + "/things");
            assertThat(request.path("status").asInt()).isEqualTo(200);
            assertThat(request.path("took_ms").isIntegralNumber()).isTrue();
        });
        assertThat(document.at("/requests/1/query"))
                .extracting(JsonNode::asText)
                .containsExactly("colour", "after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'id':1}]                                                  | \"\"       | none",
                "{'items':[{'id':1}],'next':'/things?n=2'}                   | \"/items\" | { next_url: /next }",
                "{'value':[{'id':1}],'@odata.nextLink':'/things?n=2'}        | \"/value\" | { next_url: \"/@odata.nextLink\" }",
                "{'items':[{'id':1}],'has_more':true,'next_cursor':'x'}      | \"/items\" | { cursor: { at: /next_cursor, param: cursor, has_more: /has_more } }",
                "{'items':[{'id':1}],'nextPageToken':'x'}                    | \"/items\" | { cursor: { at: /nextPageToken, param: pageToken } }",
                "{'items':[{'id':1}],'has_next':true}                        | \"/items\" | { page: { param: page, has_next: /has_next } }",
                "{'items':[{'id':1}],'meta':{'total_pages':2}}               | \"/items\" | { page: { param: page, total_pages: /meta/total_pages } }"
            })
    void everyStyleIsToldAsThePlanTakesIt(String document, String records, String paging) throws Exception {
        api.resetAll();
        api.stubFor(any(anyUrl()).willReturn(okJson(document.replace('\'', '"'))));

        settle(records, paging);
    }

    @Test
    void aLinkHeaderIsToldAsThePlanTakesIt() throws Exception {
        api.resetAll();
        api.stubFor(
                any(anyUrl()).willReturn(okJson("[{\"id\": 1}]").withHeader("Link", "</things?n=2>; rel=\"next\"")));

        settle("\"\"", "link");
    }

    private void settle(String records, String paging) throws Exception {
        JsonNode found = new ObjectMapper()
                .readTree(terminal.run("preview", "plan.yaml", "things", "--records", "1", "--json")
                        .out())
                .path("found");
        assertThat(found.findValuesAsText("value")).containsExactly(records, paging);
        terminal.write("plan.yaml", PLAN.formatted(api.baseUrl(), ", records: " + records + ", paging: " + paging));

        Terminal.Result settled = terminal.run("preview", "plan.yaml", "things", "--records", "1");

        assertThat(settled.code()).as(settled.err()).isZero();
        assertThat(settled.err()).doesNotContain("Found").contains("1 record shown of shop/things");
    }

    @Test
    void whatWasFoundOutCanBeWrittenIntoThePlanAsItIs() throws Exception {
        JsonNode found = new ObjectMapper()
                .readTree(
                        terminal.run("preview", "plan.yaml", "things", "--json").out())
                .path("found");
        StringBuilder settings = new StringBuilder();
        found.forEach(one -> settings.append(", ")
                .append(one.path("setting").asText())
                .append(": ")
                .append(one.path("value").asText()));
        terminal.write("plan.yaml", PLAN.formatted(api.baseUrl(), settings));

        Terminal.Result settled = terminal.run("preview", "plan.yaml", "things");

        assertThat(settled.code()).as(settled.err()).isZero();
        assertThat(settled.out().lines()).hasSize(3);
        assertThat(settled.err()).doesNotContain("Found").contains("3 records shown of shop/things");
    }
}
