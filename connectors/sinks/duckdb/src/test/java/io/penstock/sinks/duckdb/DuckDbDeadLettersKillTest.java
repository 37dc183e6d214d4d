package io.penstock.sinks.duckdb;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.DeadLetterContract;
import io.penstock.testkit.sink.KillContract;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.util.List;

/** Killed between a dead letter and its commit: both are there, or neither. Costs about 6 s. */
final class DuckDbDeadLettersKillTest implements DuckDbHooks, KillContract {

    @Override
    public List<String> killPoints() {
        return List.of("duckdb.commit.buried#2", "duckdb.commit.inserted#2", "duckdb.commit.done#2");
    }

    /** As the contract does, with a letter beside each commit. */
    @Override
    public void sync(Path directory) {
        try (SinkRun run = run(directory)) {
            long version = run.claim().of(run.slice("all")).version();
            assertThat(DeadLetterContract.ids(run)).hasSize(version == 4 ? 1 : (int) version);
            for (long v = version + 1; v <= 4; v++) {
                WriteMode mode = v < 4 ? WriteMode.APPEND : WriteMode.REPLACE;
                try (Stage stage = run.stage("all", mode)) {
                    if (v < 4) {
                        write(stage, 0, "{\"id\":" + v + "}");
                    } else {
                        write(stage, 0, "{\"id\":41}", "{\"id\":42}");
                    }
                    DeadLetterContract.bury(stage, run, 0, 1, "letter " + v);
                    await(stage.commit(run.commit(v, "c" + v)));
                }
            }
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
        }
    }

    @Override
    public void requireClean(Path directory) {
        assertThat(DuckDb.query(directory, "SELECT id FROM _penstock_dead_letters"))
                .containsExactly("letter 4");
    }
}
