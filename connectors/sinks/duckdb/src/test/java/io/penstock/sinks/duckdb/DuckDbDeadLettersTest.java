package io.penstock.sinks.duckdb;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.TakenOut;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.DeadLetterContract;
import io.penstock.testkit.sink.SinkRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DuckDbDeadLettersTest implements DuckDbHooks, DeadLetterContract {

    private static final StreamInfo BORN = new StreamInfo(
            StreamId.of("shop", "customers"),
            Optional.of(
                    "{\"properties\":{\"id\":{\"type\":\"integer\"},\"born\":{\"type\":\"string\",\"format\":\"date\"}}}"),
            List.of("id"),
            Optional.empty(),
            Optional.empty(),
            Resume.NONE);

    private static List<String> takeOut(Stage stage, RecordRejected refused) {
        return await(stage.takeOut(new TreeSet<>(refused.positions()))).stream()
                .map(DuckDbDeadLettersTest::told)
                .toList();
    }

    private static String told(TakenOut taken) {
        return taken.page() + " " + new String(taken.record(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(WriteMode.class)
    void recordsThatDoNotFitAreNamedAllAtOnceAndCanBeTakenOut(WriteMode mode, @TempDir Path directory) {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), BORN);
                Stage stage = run.stage("all", mode)) {
            write(stage, 0, "{\"id\":1,\"born\":\"2000-01-01\"}", "{\"id\":2,\"born\":\"soon\"}");
            write(stage, 1, "{\"id\":3,\"born\":\"2000-01-03\"}", "{\"id\":4,\"born\":\"late\"}", "{\"id\":5}");
            RecordRejected refused =
                    catchThrowableOfType(RecordRejected.class, () -> await(stage.commit(run.commit(1, "c1"))));
            assertThat(refused.positions()).containsExactly(1L, 3L);
            assertThat(refused.pointer()).isEqualTo("/born");
            assertThat(takeOut(stage, refused))
                    .containsExactly("0 {\"id\":2,\"born\":\"soon\"}", "1 {\"id\":4,\"born\":\"late\"}");
            await(stage.commit(run.commit(1, "c1")));
            await(run.sink().publish(BORN.id(), mode));
            assertThat(ids(directory)).containsExactly(1L, 3L, 5L);
        }
    }

    @Test
    void anUpsertNamesTheRecordsWithoutAKey(@TempDir Path directory) {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), BORN);
                Stage stage = run.stage("all", WriteMode.UPSERT)) {
            write(stage, 7, "{\"born\":\"2000-01-01\"}", "{\"id\":2}", "{\"id\":null}");
            RecordRejected refused =
                    catchThrowableOfType(RecordRejected.class, () -> await(stage.commit(run.commit(1, "c1"))));
            assertThat(takeOut(stage, refused)).containsExactly("7 {\"born\":\"2000-01-01\"}", "7 {\"id\":null}");
            await(stage.commit(run.commit(1, "c1")));
            assertThat(ids(directory)).containsExactly(2L);
        }
    }
}
