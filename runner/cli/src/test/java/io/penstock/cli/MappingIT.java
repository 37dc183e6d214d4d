package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan does to records between source and sink, as a person meets it. */
final class MappingIT {

    private static final String DUCKDB = "{ connector: duckdb, path: shop.duckdb }";

    private final SmallServer api = SmallServer.answering("application/json", """
            {"items": [
              {"id": 1, "email": "a@x.org", "amount": "10.50", "active": true, "at": "2026-01-01T00:00:00Z", "tags": {"vip": true}},
              {"id": 2, "email": "b@x.org", "amount": "11", "active": false, "at": "2026-01-02T00:00:00Z", "tags": {"vip": true}},
              {"id": 3, "email": "c@x.org", "amount": "a dozen", "active": true, "at": "2026-01-03T00:00:00Z", "tags": {"vip": true}},
              {"id": 4, "email": "d@x.org", "amount": "13", "active": true, "at": "whenever", "tags": {"vip": false}},
              {"id": "5", "email": "e@x.org", "amount": "14", "active": true, "at": "2026-01-05T00:00:00Z", "tags": {"vip": false}}
            ]}""");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void aPlan() {
        terminal = new Terminal(folder);
        plan("dead_letter", DUCKDB);
    }

    private void plan(String policy, String sink) {
        terminal.with("PII_KEY", "a-key-that-nobody-guesses")
                .write("plan.yaml", """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      streams:
                        people:
                          path: /people
                          records: /items
                          key: id
                          schema:
                            type: object
                            properties:
                              id: { type: integer }
                              email: { type: string }
                              amount: { type: string }
                              active: { type: boolean }
                              at: { type: string, format: date-time }
                              tags: { type: object }
                    streams:
                      - name: people
                        mode: append
                        validate: strict
                        filter: { active: true }
                        cast: { amount: number }
                        hash: { email: { key: "${env:PII_KEY}" } }
                        set: { origin: shop }
                        drop: [active]
                        flatten: { tags: "_" }
                        rename: { id: person_id }
                        on_record_error: %s
                    sink: %s
                """.formatted(api.base(), policy, sink));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Terminal.Result good(String... words) {
        Terminal.Result result = terminal.run(words);
        assertThat(result.code()).as(result.err() + result.out()).isZero();
        return result;
    }

    @Test
    void whatFitsLandsMappedAndWhatDoesNotIsKeptWithTheReasonInTheSameCommit() throws Exception {
        Terminal.Result run = good("run", "plan.yaml", "--json");
        assertThat(run.err()).contains("1 filtered", "3 kept as dead letters (penstock deadletters show)");
        assertThat(run.out()).contains("\"filtered\":1", "\"dead_letters\":3", "\"committed\":1");
        String rows = good("query", "shop.duckdb", "SELECT * EXCLUDE (email), length(email) AS hashed FROM people")
                .out();
        assertThat(rows.lines().filter(line -> line.contains("shop")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("10.5", "true", "64"));
        assertThat(rows)
                .contains("person_id", "amount", "tags_vip", "origin", "hashed")
                .doesNotContain("active");

        List<String> letters =
                good("deadletters", "show", "plan.yaml", "--json").out().lines().toList();
        assertThat(letters).hasSize(3);
        letter(letters, "/amount", "RecordRejected", "\"amount\":\"a dozen\"");
        letter(letters, "/id", "SchemaViolation", "\"id\":\"5\"");
        letter(letters, "/at", "RecordRejected", "\"person_id\":4");
        assertThat(String.join("\n", letters)).doesNotContain("@x.org"); // hashed here too
    }

    private static void letter(List<String> letters, String pointer, String code, String part) throws Exception {
        for (String text : letters) {
            JsonNode letter = new ObjectMapper().readTree(text);
            if (letter.path("pointer").asText().equals(pointer)) {
                assertThat(letter.path("code").asText()).isEqualTo(code);
                assertThat(letter.path("record").asText()).contains(part);
                assertThat(letter.path("stream").asText()).isEqualTo("people");
                return;
            }
        }
        throw new AssertionError("no letter at " + pointer + " in " + letters);
    }

    @Test
    void lettersAreShownToPeopleAndOnlyThoseAskedFor() {
        assertThat(good("deadletters", "show", "plan.yaml").err()).contains("No dead letters.");
        good("run", "plan.yaml");
        String shown = good("deadletters", "show", "plan.yaml", "--stream", "people", "--records", "1")
                .out();
        assertThat(shown.lines()).hasSize(3);
        assertThat(shown).contains("shop/people/all", "page 0", "expected");
        assertThat(good("deadletters", "show", "plan.yaml", "--stream", "others")
                        .err())
                .contains("No dead letters.");

        Terminal.Result wrong = terminal.run("deadletters", "list", "plan.yaml");
        assertThat(wrong.code()).isEqualTo(64);
        assertThat(wrong.err()).contains("deadletters list is not known", "deadletters show PLAN.yaml");
    }

    @Test
    void aSinkWithoutAPlaceForDeadLettersIsRefusedBeforeAnythingIsRead() {
        plan("dead_letter", "{ connector: jsonl, path: out }");
        Terminal.Result run = terminal.run("run", "plan.yaml");
        assertThat(run.code()).isEqualTo(78);
        assertThat(run.err())
                .contains("shop/people cannot keep dead letters: the sink jsonl has no place for them")
                .contains("on_record_error: fail or skip");
        assertThat(folder.resolve("out/people.jsonl")).doesNotExist();

        Terminal.Result check = terminal.run("check", "plan.yaml");
        assertThat(check.code()).isEqualTo(78);
        assertThat(check.err()).contains("shop/people cannot keep dead letters");
        assertThat(terminal.run("deadletters", "show", "plan.yaml", "--connection", "shop")
                        .err())
                .contains("keeps no dead letters");
    }

    @Test
    void whatASinkCannotLeaveOutFailsWithTheSinksOwnReason() {
        plan("skip", "{ connector: jsonl, path: out }");
        good("run", "plan.yaml");
        assertThat(folder.resolve("out/people.jsonl")).content().hasLineCount(2); // to files any text is a time

        plan("skip", "{ connector: parquet, path: typed }");
        Terminal.Result run = terminal.run("run", "plan.yaml");
        assertThat(run.code()).isEqualTo(65);
        assertThat(run.err()).contains("a time such as", "field at");
    }

    @Test
    void aPreviewShowsWhatWouldBeWrittenAndWhatWouldNot() throws Exception {
        Terminal.Result shown = good("preview", "plan.yaml", "people");
        assertThat(shown.out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"person_id\":") && line.contains("\"origin\":\"shop\""))
                .noneMatch(line -> line.contains("@x.org"));
        assertThat(shown.err())
                .contains("Of 5 records read: 1 filtered, 2 that do not fit.", "  /amount: expected", "  /id: expected")
                .doesNotContain("a dozen");
        assertThat(folder.resolve("shop.duckdb")).doesNotExist();

        JsonNode document = new ObjectMapper()
                .readTree(good("preview", "plan.yaml", "people", "--json").out());
        assertThat(document.at("/left_out/read").asInt()).isEqualTo(5);
        assertThat(document.at("/left_out/filtered").asInt()).isEqualTo(1);
        assertThat(document.at("/left_out/reasons"))
                .extracting(reason -> reason.path("pointer").asText())
                .containsExactly("/amount", "/id");
        assertThat(document.path("records")).hasSize(2);
    }
}
