package io.penstock.sinks.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import io.penstock.testkit.source.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says is so. */
final class ReadmeTest {

    private static final Path PAGE = Path.of("README.md");

    @Test
    void hasTheTableOfTheSettings() {
        SettingsTable.requireIn(PAGE, new ParquetProvider().settings());
    }

    @Test
    void itsQueriesRead(@TempDir Path directory) throws IOException {
        StreamInfo customers = StreamInfo.of(StreamId.of("shop", "customers"));
        try (SinkRun run = SinkRun.of(Parquet.open(directory, Map.of("partition_by", "country")), customers)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1,\"country\":\"DE\"}", "{\"id\":2}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":3,\"country\":\"DE\",\"more\":2.5}");
        }
        String page = Files.readString(PAGE);
        String block = page.substring(page.indexOf("```sql\n") + 7);
        String[] queries = block.substring(0, block.indexOf("```"))
                .replace("lake/", directory + "/")
                .split(";\n");

        assertThat(Parquet.query(queries[0])).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(Parquet.query(queries[1])).containsExactly("3");
        assertThat(Parquet.query("DESCRIBE " + queries[0])).containsExactly("id", "country", "more");
    }
}
