package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerbsIT {

    private final ModelApi api = ModelApi.builder().records(30).build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void aPlan() {
        terminal = new Terminal(folder).reference(api.start().baseUrl());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void checkProvesBothEndsAndMovesNothing() {
        Terminal.Result result = terminal.run("check", "plan.yaml");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err().lines().filter(line -> !line.startsWith("  ")))
                .containsExactly("shop source (reference): good", "shop sink (jsonl): good");
        assertThat(folder.resolve("out/customers.jsonl")).doesNotExist();
    }

    @Test
    void checkTellsProgramsTheSame() {
        Terminal.Result result = terminal.run("check", "plan.yaml", "--json");

        assertThat(result.out())
                .contains("\"end\":\"source\"", "\"end\":\"sink\"", "\"good\":true")
                .doesNotContain("error");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void streamsListsNamesKeysCursorsAndFields() {
        Terminal.Result result = terminal.run("streams", "plan.yaml");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines().filter(line -> !line.startsWith("    ")))
                .hasSize(7)
                .anyMatch(line -> line.matches("shop/orders\\s+id\\s+updated_at"));
        assertThat(result.out())
                .containsPattern("\nshop/invoices .*\n    id string, version integer, created_at date-time, ")
                .contains("net number", "paid_at date-time?", "billing object", "labels array");
        assertThat(terminal.run("streams", "plan.yaml", "--json").out())
                .contains("\"schema\":{", "\"cursor_field\":\"updated_at\"");
    }

    @Test
    void previewShowsRecordsOnStdoutAndRequestsOnStderr() {
        Terminal.Result result = terminal.run("preview", "plan.yaml", "orders", "--records", "3");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"id\":\"ord_"));
        assertThat(result.err()).contains("GET " + api.baseUrl() + "/v1/orders", "200");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void connectorsListsWhatIsInstalled() {
        assertThat(terminal.run("connectors").out()).contains("reference", "rest", "duckdb", "jsonl");
        assertThat(terminal.run("connectors", "rest").out()).contains("base_url (required)", "streams");
        assertThat(terminal.run("connectors", "rset").code()).isEqualTo(78);
        assertThat(terminal.run("connectors", "rset").err()).contains("rset", "rest");
    }

    @Test
    void dryRunNamesStreamsAndModesAndMovesNothing() {
        Terminal.Result result = terminal.run("run", "plan.yaml", "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.err()).containsPattern("shop/customers\\s+append").contains("Nothing was moved");
        assertThat(folder.resolve("out/customers.jsonl")).doesNotExist();

        Terminal.Result json = terminal.run("run", "plan.yaml", "--dry-run", "--json");
        assertThat(json.out())
                .contains("\"streams\":[{\"connection\":\"shop\",\"stream\":\"customers\",\"mode\":\"append\"}]")
                .contains("{\"setting\":\"connections.shop.source.token\",\"value\":\"${env:TOKEN}\","
                        + "\"from\":\"plan line 3, TOKEN from environment\"}")
                .doesNotContain("demo-token");
        assertThat(result.err())
                .containsPattern(
                        "connections.shop.source.token\\s+\\$\\{env:TOKEN}\\s+plan line 3, TOKEN from environment");
        assertThat(terminal.run("run", "plan.yaml", "--dry-run", "--stream", "custmers")
                        .code())
                .isEqualTo(78);
    }

    @Test
    void runMovesAndSumsUp() {
        Terminal.Result result = terminal.run("run", "plan.yaml", "--json");

        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("shop/customers", "30 records", "Time went to:", "Look at it:  head out/");
        assertThat(result.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"committed\":30"));
        assertThat(folder.resolve("out/customers.jsonl")).exists();
    }
}
