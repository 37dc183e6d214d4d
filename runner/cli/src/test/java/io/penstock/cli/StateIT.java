package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StateIT {

    private final ModelApi api = ModelApi.builder().records(30).build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void aPlan() {
        api.start();
        plan("{ connector: jsonl, path: out }");
    }

    private void plan(String sink) {
        terminal = new Terminal(folder);
        terminal.write("plan.yaml", """
                connections:
                  shop:
                    source: { connector: reference, base_url: "%s", token: "${env:TOKEN}" }
                    streams: [customers, orders]
                    sink: %s
                """.formatted(api.baseUrl(), sink));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String good(String... words) {
        Terminal.Result result = terminal.run(words);
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        return result.out();
    }

    private Terminal.Result refused(int code, String... words) {
        Terminal.Result result = terminal.run(words);
        assertThat(result.code()).as(result.err() + result.out()).isEqualTo(code);
        return result;
    }

    private String records() {
        String json = good("run", "plan.yaml", "--stream", "customers", "--json");
        return json.replaceAll("(?s).*?\"records\":(\\d+).*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ connector: jsonl, path: out }", "{ connector: duckdb, path: out.duckdb }"})
    void whatIsForgottenIsReadAgainAndWhatIsSetGoesOn(String sink) {
        plan(sink);
        good("run", "plan.yaml");
        assertThat(records()).isEqualTo("0");

        assertThat(good("state", "show", "plan.yaml"))
                .containsPattern("shop/customers +all +1 +30 +\\{\"v\":1")
                .containsPattern("shop: epoch 3");
        String exported = good("state", "export", "plan.yaml", "--stream", "customers");
        terminal.write("cursors.json", exported);
        good("state", "reset", "plan.yaml", "--stream", "customers", "--slice", "all");
        assertThat(good("state", "show", "plan.yaml", "--json"))
                .contains("\"customers\":{\"rows\":30,\"slices\":{\"all\":{\"version\":1}}}")
                .contains("\"orders\":{");

        good("state", "import", "plan.yaml", "cursors.json");
        assertThat(records()).isEqualTo("0");
        good("state", "reset", "plan.yaml", "--all");
        assertThat(records()).isEqualTo("30");
    }

    @Test
    void aBackupIsRestoredWhereTheRowsAreThoseOfThen() throws IOException {
        good("run", "plan.yaml");
        good("state", "backup", "plan.yaml", "shop.state");
        good("state", "reset", "plan.yaml", "--all");
        good("state", "restore", "plan.yaml", "shop.state");
        assertThat(records()).isEqualTo("0");

        String whole = Files.readString(folder.resolve("shop.state"));
        terminal.write("flipped.state", whole.replace("\"epoch\" : 2", "\"epoch\" : 3"));
        assertThat(refused(73, "state", "restore", "plan.yaml", "flipped.state").err())
                .contains("checksum", "another backup");
        terminal.write("cut.state", whole.substring(0, whole.length() / 2));
        assertThat(refused(73, "state", "restore", "plan.yaml", "cut.state").err())
                .contains("cut off");

        good("state", "reset", "plan.yaml", "--stream", "customers");
        assertThat(records()).isEqualTo("30");
        assertThat(refused(73, "state", "restore", "plan.yaml", "shop.state").err())
                .contains("StateConflict", "at version 1 as in the backup, found 2", "customers");
        plan("{ connector: jsonl, path: empty }");
        assertThat(refused(73, "state", "restore", "plan.yaml", "shop.state").err())
                .contains("SinkRegressed", "found 0", "Restore the destination");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "version" : 1,            | "version" : 2,             | 73 | version: expected 1, found 2
            "connection" : "shop"     | "connection" : "store"     | 78 | expected the state of the connection shop, found that of store
            "customers" :             | "custmers" :               | 78 | has no stream custmers
            "format" :                | "format"                   | 73 | line 2, column
            "slices" :                | "parts" :                  | 73 | streams.customers.parts: expected one of rows, slices
            {\\"v\\":1                | {\\"v\\":7                 | 73 | reset the stream's state
            "epoch" :                 | "epoch" : 1, "epoch" :     | 73 | Duplicate field 'epoch'
            """)
    void aStateThatIsNotOursChangesNothing(String sound, String other, int code, String said) {
        good("run", "plan.yaml");
        String exported = good("state", "export", "plan.yaml", "--stream", "customers");
        assertThat(exported).contains(sound);
        terminal.write("bad.json", exported.replace(sound, other));

        assertThat(refused(code, "state", "import", "plan.yaml", "bad.json").err())
                .contains(said);
        assertThat(records()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            state list plan.yaml                      | state list is not known
            state reset plan.yaml                     | either --stream NAME or --all
            state reset plan.yaml --slice all --all   | --slice needs --stream NAME
            state show plan.yaml --all                | are for state reset
            state import plan.yaml                    | needs a file
            state show plan.yaml file                 | takes no file
            """)
    void aWrongCommandLineIsToldWhatIsRight(String words, String said) {
        assertThat(refused(64, words.split(" ")).err()).contains(said);
    }

    @Test
    void unknownNamesComeWithTheNearest() {
        good("run", "plan.yaml");
        assertThat(refused(78, "state", "reset", "plan.yaml", "--stream", "custmers")
                        .err())
                .contains("customers");
        assertThat(refused(78, "state", "reset", "plan.yaml", "--stream", "customers", "--slice", "al")
                        .err())
                .contains("slice al");
        assertThat(refused(78, "state", "import", "plan.yaml", "nothing.json").err())
                .contains("no such file");
    }
}
