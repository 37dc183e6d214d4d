package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.model.ModelData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoIT {

    private static final int RECORDS = 400;
    private static final ModelData TRUTH = ModelData.of(42, RECORDS);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void inAnEmptyFolder() {
        terminal = new Terminal(folder);
    }

    private Terminal.Result demo(String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("demo"));
        words.addAll(List.of(more));
        Terminal.Result result = terminal.run(words.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    @Test
    void aSecondRunReadsTheChangesAndEqualsAFreshFullRead() throws SQLException {
        Terminal.Result first = demo("--records", "400");
        assertThat(first.err())
                .contains(
                        "revision 1",
                        "demo/customers",
                        "2,400 records",
                        "as many rows as the API",
                        "Look at it:  penstock query");
        Terminal.Result second = demo();
        assertThat(second.err())
                .contains("revision 2", "as many rows as the API")
                .doesNotContain("2,400 records");

        try (ModelApi api =
                ModelApi.builder().records(RECORDS).revision(2).build().start()) {
            terminal.write("fresh.yaml", """
                    connections:
                      fresh:
                        source: { connector: reference, base_url: "%s", token: "${env:TOKEN}" }
                        sink: { connector: duckdb, path: fresh.duckdb }
                    """.formatted(api.baseUrl()));
            assertThat(terminal.run("run", "fresh.yaml").code()).isZero();
        }

        try (TwoFiles files = TwoFiles.of(terminal.file("penstock-demo/demo.duckdb"), terminal.file("fresh.duckdb"))) {
            for (String stream : ModelData.streams()) {
                assertThat(files.rows(stream)).as(stream).isEqualTo(TRUTH.rows(stream, 2));
                assertThat(files.differences(stream)).as(stream).isZero();
            }
        }
    }

    @Test
    void aHostileApiChangesNothingInWhatLands() throws SQLException {
        demo("--records", "400", "--out", "calm");
        demo("--records", "400", "--out", "rough", "--hostile", "7");

        try (TwoFiles files = TwoFiles.of(terminal.file("calm/demo.duckdb"), terminal.file("rough/demo.duckdb"))) {
            for (String stream : ModelData.streams()) {
                assertThat(files.rows(stream)).as(stream).isEqualTo(TRUTH.rows(stream, 1));
                assertThat(files.differences(stream)).as(stream).isZero();
            }
        }
    }

    @Test
    void jsonLinesAddUpToWhatTheApiServes() throws Exception {
        Terminal.Result result = demo("--records", "400", "--sink", "jsonl", "--out", "lines", "--hostile");

        assertThat(result.err()).contains("Look at it:  head lines/");
        for (String stream : ModelData.streams()) {
            List<String> lines = Files.readAllLines(terminal.file("lines/" + stream + ".jsonl"));
            assertThat(lines).as(stream).hasSize((int) TRUTH.rows(stream, 1));
            assertThat(checksum(lines))
                    .as(stream)
                    .isEqualTo(TRUTH.truth(stream, 1).checksum());
        }
        Terminal.Result second = demo("--out", "lines");
        assertThat(second.err()).contains("revision 2", "the changes were added");
    }

    @Test
    void parquetFilesHoldWhatTheApiServesAndTheLookCommandShowsThem() {
        Terminal.Result result = demo("--records", "400", "--sink", "parquet", "--out", "parts", "--hostile");

        assertThat(result.err()).containsPattern("Look at it: .*:memory: \"SELECT \\* FROM read_parquet\\('parts/");
        for (String stream : ModelData.streams()) {
            Terminal.Result counted = terminal.run(
                    "query",
                    ":memory:",
                    "SELECT 'rows ' || count(*) || ' ids ' || count(DISTINCT id) AS n FROM 'parts/" + stream
                            + "/*.parquet'");
            assertThat(counted.out())
                    .as(stream)
                    .contains("rows " + TRUTH.rows(stream, 1) + " ids " + TRUTH.rows(stream, 1));
        }
        Terminal.Result second = demo("--out", "parts");
        assertThat(second.err()).contains("revision 2", "the changes were added");
    }

    private static String checksum(List<String> lines) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long sum = 0;
        for (String line : lines) {
            sum += ByteBuffer.wrap(digest.digest(line.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        }
        return HexFormat.of().toHexDigits(sum);
    }

    @Test
    void anotherNumberOfRecordsNeedsAFreshStart() {
        demo("--records", "30");

        Terminal.Result refused = terminal.run("demo", "--records", "31");
        assertThat(refused.code()).isEqualTo(78);
        assertThat(refused.err()).contains("--records 30", "--records 31", "--fresh");

        assertThat(demo("--records", "31", "--fresh").err()).contains("revision 1", "186 records");
    }

    @Test
    void freshKeepsWhatAPersonHasPutIntoTheFolder() throws IOException {
        demo("--records", "10", "--sink", "jsonl");
        Path note = Files.writeString(terminal.file("penstock-demo/note.txt"), "mine");

        demo("--records", "10", "--sink", "jsonl", "--fresh");

        assertThat(note).hasContent("mine");
    }

    @Test
    void aFolderThatNoDemoWroteIsLeftAlone() throws IOException {
        Files.createDirectories(terminal.file("thesis"));
        Path chapter = Files.writeString(terminal.file("thesis/chapter.txt"), "one");

        for (String[] words : new String[][] {{"demo", "--out", "thesis"}, {"demo", "--out", "thesis", "--fresh"}}) {
            Terminal.Result refused = terminal.run(words);
            assertThat(refused.code()).isEqualTo(78);
            assertThat(refused.err()).contains("thesis", "--out");
        }
        assertThat(chapter).hasContent("one");
        assertThat(folder.resolve("thesis")).isDirectoryNotContaining("glob:**.properties");
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Files.writeString(terminal.file("taken"), "a file");

        Terminal.Result refused = terminal.run("demo", "--out", "taken");

        assertThat(refused.code()).isEqualTo(78);
        assertThat(refused.err()).contains("taken", "--out");
    }

    @Test
    void programsGetOneLineOfJson() {
        Terminal.Result result = demo("--records", "20", "--json");

        assertThat(result.out().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("\"exit_code\":0", "\"stream\":\"customers\"", "\"sink_rows\":20"));
    }

    @Test
    void theSuggestedQueryWorks() {
        demo("--records", "20");

        Terminal.Result tables = terminal.run("query", "penstock-demo/demo.duckdb", "SHOW TABLES");
        assertThat(tables.code()).isZero();
        assertThat(tables.out().lines()).contains("customers", "products");

        Terminal.Result count = terminal.run("query", "penstock-demo/demo.duckdb", "SELECT count(*) AS n FROM orders");
        assertThat(count.out().lines()).containsExactly(" n", "20");

        Terminal.Result refused = terminal.run("query", "penstock-demo/demo.duckdb", "DROP TABLE orders");
        assertThat(refused.code()).isEqualTo(78);
        assertThat(refused.err()).contains("read-only");
        assertThat(terminal.run("query", "nothing.duckdb", "SHOW TABLES").code())
                .isEqualTo(78);
    }
}
