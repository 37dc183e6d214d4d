package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says under {@code limits}, seen from the command line. Time budget: 40 s. */
class PlanLimitsIT {

    private static final String PAGED =
            "{ path: /%s, records: /items, key: id, paging: { page: { total_pages: /total_pages } } }";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void inAnEmptyFolder() {
        terminal = new Terminal(folder);
    }

    private Terminal.Result run(PagedApi api, String limits, String... streams) {
        StringBuilder plan = new StringBuilder("""
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      streams:
                """.formatted(api.base()));
        for (String stream : streams) {
            plan.append("        ")
                    .append(stream)
                    .append(": ")
                    .append(PAGED.formatted(stream))
                    .append('\n');
        }
        plan.append("    limits: ").append(limits).append("\n    sink: { connector: jsonl, path: out }\n");
        terminal.write("plan.yaml", plan.toString());
        return terminal.run("run", "plan.yaml", "--json");
    }

    private long rows(String stream) throws IOException {
        try (Stream<String> lines = Files.lines(terminal.file("out/" + stream + ".jsonl"))) {
            return lines.count();
        }
    }

    @Test
    void aDailyQuotaCountsAfterARestartAndADeadlineEndsTheWait() {
        try (PagedApi api = PagedApi.of(9)) {
            Terminal.Result first = run(api, "{ requests: 4/d, deadline: 3s }", "things");
            int asked = api.asked();
            Terminal.Result second = run(api, "{ requests: 4/d, deadline: 1s }", "things");

            assertThat(first.code()).isEqualTo(75);
            assertThat(first.err())
                    .contains("deadline of 3s", "limits.deadline", "4 of 4/d (100 %) used", "limited until");
            assertThat(first.out()).contains("\"limited_until\":\"", "\"exit_code\":75", "\"code\":\"Cancelled\"");
            assertThat(asked).isBetween(3, 4);
            assertThat(second.code()).isEqualTo(75);
            assertThat(api.asked()).isEqualTo(asked);
            assertThat(terminal.file(".penstock")).isDirectory();
        }
    }

    @Test
    void aDeadlineThatIsNotReachedSaysNothing() throws IOException {
        try (PagedApi api = PagedApi.of(3)) {
            Terminal.Result result = run(api, "{ deadline: 1h }", "things");

            assertThat(result.code()).isZero();
            assertThat(result.err()).doesNotContain("deadline");
            assertThat(rows("things")).isEqualTo(3);
            assertThat(terminal.file(".penstock")).doesNotExist();
        }
    }

    @Test
    void aQuotaOfSomePathsHoldsBesideTheWholeOne() {
        try (PagedApi api = PagedApi.of(9)) {
            String quotas = "{ requests: 12/m, deadline: 2s, quotas: [ { name: few, path: /few/**, requests: 2/m } ] }";
            Terminal.Result result = run(api, quotas, "few", "many");

            assertThat(result.code()).isEqualTo(75);
            assertThat(api.asked(path -> path.startsWith("/few"))).isEqualTo(2);
            assertThat(api.asked(path -> path.startsWith("/many"))).isEqualTo(10); // one for the schema
            assertThat(result.err()).contains("few: 2 spent, 2 of 2/m (100 %)", ": 12 spent, 12 of 12/m");
            assertThat(result.out()).contains("{\"budget\":\"" + api.base() + " few\",\"granted\":2");
        }
    }

    @Test
    void aQuotaApartIsCountedByItself() {
        try (PagedApi api = PagedApi.of(4)) {
            String quotas = "{ requests: 5/m, quotas: [ { path: /few, requests: 5/m, apart: true } ] }";

            assertThat(run(api, quotas, "few", "many").code()).isZero();
            assertThat(api.asked()).isEqualTo(10);
        }
    }

    @Test
    void aShareLeavesTheRestToOthers() {
        try (PagedApi api = PagedApi.of(9)) {
            Terminal.Result result = run(api, "{ requests: 8/m, share: 0.5, deadline: 2s }", "things");

            assertThat(result.code()).isEqualTo(75);
            assertThat(api.asked()).isEqualTo(4);
            assertThat(run(api, "{ requests: 8/m, share: 0.1 }", "things").err())
                    .contains("a share of 0.1 of 8/m leaves nothing");
        }
    }

    @Test
    void concurrencyMayBeLearned() {
        try (PagedApi api = PagedApi.of(3)) {
            Terminal.Result result = run(api, "{ concurrency: auto }", "things");

            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("\"slots\":4");
        }
    }

    @Test
    void whatAMessageTellsToRaiseCanBeRaised() throws IOException {
        try (PagedApi api = PagedApi.of(2, 5_000)) {
            Terminal.Result narrow = run(api, "{ wire_bytes: 4KiB }", "things");
            Terminal.Result record = run(api, "{ record_bytes: 1KiB }", "things");
            Terminal.Result wide = run(api, "{ wire_bytes: 6KiB, record_bytes: 6KiB, page_buffer: 8KiB }", "things");

            assertThat(narrow.code()).isEqualTo(76);
            assertThat(narrow.err()).contains("wire_bytes = 4096", "raise limits.wire_bytes");
            assertThat(record.code()).isEqualTo(76);
            assertThat(record.err()).contains("a record has more than 1024 bytes", "raise limits.record_bytes");
            assertThat(wide.code()).isZero();
            assertThat(rows("things")).isEqualTo(2);
        }
    }

    @Test
    void repeatsAreAsThePlanSays() {
        try (SmallServer api = SmallServer.answering("text/html", "<html>down</html>")) {
            terminal.write("plan.yaml", """
                    connections:
                      shop:
                        source: { connector: rest, base_url: "%s", streams: { a: { path: /a, records: /x } } }
                        limits:
                          retry: { max_attempts: 2, base: 1ms, cap: 1s }
                          timeouts: { response_headers: 5s }
                          rate_headers: [draft, shopify]
                          cost: { header: X-Cost }
                        sink: { connector: jsonl, path: out }
                    """.formatted(api.base()));

            assertThat(terminal.run("run", "plan.yaml").code()).isEqualTo(76);
        }
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        try (PagedApi api = PagedApi.of(1)) {
            Terminal.Result result = run(
                    api,
                    "{ share: 2, concurrency: lots, deadline: soon, wire_bytes: big, quotas: [ { path: x } ], retry: { cap: 1ms } }",
                    "things");

            assertThat(result.code()).isEqualTo(78);
            assertThat(result.out())
                    .contains(
                            "limits.share: expected a number more than 0 and at most 1",
                            "limits.concurrency: expected a whole number from 1 to 1000, or auto",
                            "limits.deadline: expected a duration",
                            "limits.wire_bytes: expected a size such as 64MiB",
                            "limits.quotas.0.path: expected a path such as",
                            "limits.retry");
            assertThat(api.asked()).isZero();
        }
    }

    @Test
    void repairedTextsAreCounted() {
        try (PagedApi api = PagedApi.of(3)) {
            Terminal.Result result = run(api, "{ concurrency: 1 }", "things");

            assertThat(result.out()).contains("\"text_repairs\":3");
            assertThat(result.err()).contains("text repair: 3 halves");
        }
    }
}
