package io.penstock.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** Which part a record goes to. */
final class PartitionTest {

    private static final StreamInfo ORDERS = StreamInfo.of(StreamId.of("shop", "orders"));

    @TempDir
    Path directory;

    private SinkRun run(Map<String, ?> settings) {
        return SinkRun.of(Parts.open(new JsonlProvider(), directory, settings), ORDERS);
    }

    private void load(List<String> by, String... lines) {
        try (SinkRun run = run(Map.of("partition_by", by))) {
            run.load("all", WriteMode.APPEND, 1, "c1", lines);
        }
    }

    private List<String> folders() {
        return Parts.names(directory).stream()
                .map(name -> name.substring("orders/".length(), name.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void recordsGoToTheFolderOfTheirValues() {
        load(
                List.of("country", "created_at:month"),
                "{\"country\":\"DE\",\"created_at\":\"2026-01-31T23:30:00-01:00\"}",
                "{\"country\":\"DE\",\"created_at\":\"2026-01-05\"}",
                "{\"created_at\":\"2026-02-01 08:00:00.123456\",\"n\":{\"country\":\"FR\"}}");
        assertThat(folders())
                .containsExactly(
                        "country=DE/created_at_month=2026-01/",
                        "country=DE/created_at_month=2026-02/",
                        "country=__none__/created_at_month=2026-02/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "a/b"             | v=a%2Fb/
                    ".."              | v=%2E./
                    "Zoë 1"           | v=Zo%C3%AB%201/
                    "__none__"        | v=%5F_none__/
                    ""                | v=/
                    null              | v=__none__/
                    12.50             | v=12.50/
                    true              | v=true/
                    "a=b%2F"          | v=a%3Db%252F/
                    """)
    void anyValueIsOneFolder(String value, String folder) {
        load(List.of("v"), "{\"v\":" + value + "}");
        assertThat(folders()).containsExactly(folder);
    }

    @Test
    void aHostileFieldStaysInsideTheDirectory() {
        load(List.of("../../x"), "{\"../../x\":\"/etc\"}");
        assertThat(folders()).containsExactly("%2E.%2F..%2Fx=%2Fetc/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    t:day | "yesterday"    | a date or time
                    t:day | 20260131       | a date or time
                    t     | {"a":1}        | a text, number or boolean
                    t     | [1]            | a text, number or boolean
                    """)
    void aValueThatIsNoPartitionIsRejectedAndNothingIsWritten(String by, String value, String expected) {
        try (SinkRun run = run(Map.of("partition_by", by))) {
            assertThatThrownBy(() -> run.load("all", WriteMode.APPEND, 1, "c1", "{\"t\":" + value + "}"))
                    .isInstanceOf(RecordRejected.class)
                    .hasMessageContaining(expected)
                    .hasMessageContaining("the field t");
            assertThat(Parts.names(directory)).isEmpty();
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"t\":\"2026-01-31\"}");
        }
        assertThat(Parts.names(directory)).hasSize(1);
    }

    @Test
    void aRefusedSliceTakesNoOtherAlong() {
        try (SinkRun run = run(Map.of("partition_by", "t:year"));
                Stage bad = run.stage("bad", WriteMode.APPEND);
                Stage good = run.stage("good", WriteMode.APPEND)) {
            SinkRun.write(bad, 0, "{\"t\":\"x\"}");
            SinkRun.write(good, 0, "{\"t\":\"2026-01-01\"}");
            List<Object> ends = Flux.just(bad, good)
                    .flatMap(
                            stage -> stage.commit(run.commit(1, "c"))
                                    .thenReturn((Object) "done")
                                    .onErrorResume(failure -> reactor.core.publisher.Mono.just(failure)),
                            2)
                    .collectList()
                    .block(Duration.ofMinutes(1));
            assertThat(ends).hasSize(2).contains("done").hasAtLeastOneElementOfType(RecordRejected.class);
        }
        assertThat(folders()).containsExactly("t_year=2026/");
    }

    @Test
    void moreFoldersThanFilesMayBeOpen() {
        String[] lines = IntStream.range(0, 600)
                .mapToObj(i -> "{\"v\":" + i % 200 + ",\"i\":" + i + "}")
                .toArray(String[]::new);
        load(List.of("v"), lines);
        assertThat(folders()).hasSize(200);
        assertThat(Parts.lines(directory, ORDERS.id())).hasSize(600).containsExactlyInAnyOrder(lines);
    }

    @Test
    void aCommitThatIsTooLargeForOnePartMakesSeveral() {
        String[] lines = IntStream.range(0, 300)
                .mapToObj(i -> "{\"i\":" + i + ",\"t\":\"" + "x".repeat(1_000) + "\"}")
                .toArray(String[]::new);
        try (SinkRun run = run(Map.of("roll", Map.of("bytes", "64KiB", "age", "1h")))) {
            assertThat(run.sink().cadence().age()).isEqualTo(Duration.ofHours(1));
            assertThat(run.sink().cadence().bytes()).isEqualTo(64 << 10);
            run.load("all", WriteMode.APPEND, 1, "c1", lines);
        }
        assertThat(Parts.names(directory)).hasSize(5);
        assertThat(new HashSet<>(Parts.lines(directory, ORDERS.id()))).hasSize(300);
        assertThat(Parts.names(directory))
                .allSatisfy(name ->
                        assertThat(directory.resolve(name).toFile().length()).isLessThanOrEqualTo(64 << 10));
    }

    @Test
    void aWrongUnitIsAConfigError() {
        assertThatThrownBy(() -> run(Map.of("partition_by", "t:week")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(":month");
    }
}
