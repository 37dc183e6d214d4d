package io.penstock.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a summary says of parents whose children could not be asked for. */
final class SkippedParentsIT {

    private static final String PLAN = """
            connections:
              shop:
                source:
                  connector: rest
                  base_url: "%s"
                  streams:
                    shops: { path: /shops, records: "", key: id, paging: none }
                    sales:
                      path: "/shops/{owner}/sales"
                      records: ""
                      key: id
                      paging: none
                      parent: { stream: shops, owner: /owner }
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
        api.stubFor(get(urlPathEqualTo("/shops/ann/sales")).willReturn(okJson("[{\"id\": 7}]")));
        terminal = new Terminal(folder);
        terminal.write("plan.yaml", PLAN.formatted(api.baseUrl()));
    }

    @AfterEach
    void stop() {
        api.stop();
    }

    @Test
    void theyAreCountedOnceWhereTheirChildrenAre() {
        api.stubFor(get(urlPathEqualTo("/shops"))
                .willReturn(okJson("[{\"id\": 1}, {\"id\": 2, \"owner\": \"ann\"}, {\"id\": 3, \"owner\": null}]")));

        Terminal.Result result = terminal.run("run", "plan.yaml", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("\"stream\":\"sales\".*?\"records\":1,.*?\"skipped_parents\":2")
                .containsPattern("\"stream\":\"shops\".*?\"records\":3,.*?\"skipped_parents\":0");
        assertThat(result.err())
                .contains("skipped parents: shop/sales was not read for 2 records of its parent")
                .doesNotContain("skipped parents: shop/shops");
    }

    @Test
    void nothingIsSaidWhereNoneWasSkipped() {
        api.stubFor(get(urlPathEqualTo("/shops")).willReturn(okJson("[{\"id\": 2, \"owner\": \"ann\"}]")));

        Terminal.Result result = terminal.run("run", "plan.yaml", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("skipped parents");
        assertThat(result.out()).doesNotContainPattern("\"skipped_parents\":[1-9]");
    }
}
