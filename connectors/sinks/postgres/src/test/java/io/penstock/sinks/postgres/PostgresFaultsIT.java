package io.penstock.sinks.postgres;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Cursor;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What goes wrong between the sink and a server that is well but not alone. */
final class PostgresFaultsIT {

    private static final StreamInfo STREAM = new StreamInfo(
            StreamId.of("shop", "customers"),
            Optional.empty(),
            List.of("id"),
            Optional.empty(),
            Optional.of("deleted"),
            Resume.PAGE_TOKEN);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private SinkRun run() {
        return SinkRun.of(Postgres.open(directory), STREAM);
    }

    private SinkRun run(String setting, String value) {
        return SinkRun.of(Postgres.open(directory, Map.of(setting, value)), STREAM);
    }

    private void begin(SinkRun run) {
        run.load("all", WriteMode.UPSERT, 1, "c1", "{\"id\":1,\"v\":1}", "{\"id\":2,\"v\":1}");
    }

    /** As the engine does after a failure that may pass. */
    private static Mono<Void> repeated(Mono<Void> work) {
        return work.retryWhen(reactor.util.retry.Retry.max(5).filter(SinkTransient.class::isInstance));
    }

    /** Ends all sessions of the sink that were opened in this test's schema or not at all in a transaction. */
    private void terminate(String application) {
        Postgres.query(
                directory,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '" + application
                        + "'");
    }

    private void awaitLockWait(String application) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !Postgres.query(
                                directory,
                                "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = '"
                                        + application + "'")
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aCommitWhoseAnswerIsLostIsMadeOnce(int answer) throws IOException {
        try (LosingProxy proxy = new LosingProxy(TestServer.port());
                SinkRun run = run("url", "postgres://localhost:" + proxy.port() + "/postgres");
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            await(stage.commit(run.commit(1, "c1")));
            write(stage, 1, "{\"id\":2,\"new\":true}", "{\"id\":3}");
            proxy.lose(answer);
            await(repeated(stage.commit(run.commit(2, "c2"))));
            write(stage, 2, "{\"id\":4,\"newer\":[]}");
            await(repeated(stage.commit(run.commit(3, "c3"))));
            assertThat(proxy.lost()).isEqualTo(1);
        }
        assertThat(Postgres.query(directory, "SELECT id FROM customers ORDER BY id"))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void aSwapWhoseAnswerIsLostIsMadeOnce() throws IOException {
        try (LosingProxy proxy = new LosingProxy(TestServer.port());
                SinkRun run = run("url", "postgres://localhost:" + proxy.port() + "/postgres")) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            run.load("all", WriteMode.REPLACE, 2, "c2", "{\"id\":2}");
            proxy.lose(1);
            await(repeated(run.sink().publish(STREAM.id(), WriteMode.REPLACE)));
            assertThat(proxy.lost()).isEqualTo(1);
        }
        assertThat(Postgres.query(directory, "SELECT id FROM customers")).containsExactly("2");
    }

    @Test
    void aServerThatEndsTheSessionsDuringACopyCostsARepeat() throws SQLException {
        String name = Postgres.schema(directory);
        try (SinkRun run = run("application_name", name);
                Stage stage = run.stage("all", WriteMode.APPEND);
                Connection other = Postgres.in(directory)) {
            run.load("first", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            lock(other);
            write(stage, 0, "{\"id\":2}");
            CompletableFuture<Void> broken = stage.commit(run.commit(1, "c1")).toFuture();
            awaitLockWait(name);
            terminate(name);
            assertThatThrownBy(broken::join).hasCauseInstanceOf(SinkTransient.class);
            other.rollback();
            await(repeated(stage.commit(run.commit(1, "c1"))));
            assertThatThrownBy(this::run).as("the lock was taken again").isInstanceOf(StateConflict.class);
        }
        assertThat(Postgres.query(directory, "SELECT id FROM customers ORDER BY id"))
                .containsExactly("1", "2");
    }

    private static void lock(Connection other) throws SQLException {
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE");
        }
    }

    @Test
    void aRunThatLostItsLockIsRefusedOnceAnotherHasTakenOver() {
        String name = Postgres.schema(directory);
        try (SinkRun zombie = run("application_name", name);
                Stage stage = zombie.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":666}");
            Postgres.query(
                    directory,
                    "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid"
                            + " WHERE l.locktype = 'advisory' AND application_name = '" + name + "'");
            try (SinkRun next = run()) {
                next.load("all", WriteMode.APPEND, 1, "n1", "{\"id\":1}");
                assertThatThrownBy(() -> await(stage.commit(zombie.commit(1, "z1"))))
                        .isInstanceOf(StateConflict.class);
                assertThatThrownBy(() -> await(stage.commit(zombie.commit(2, "z2"))))
                        .isInstanceOf(StateConflict.class);
            }
        }
        assertThat(Postgres.query(directory, "SELECT id FROM customers")).containsExactly("1");
    }

    @Test
    void aLockOfOthersIsWaitedForNoLongerThanAllowed() throws SQLException {
        try (SinkRun run = run("lock_timeout", "200ms");
                Stage stage = run.stage("all", WriteMode.UPSERT);
                Connection other = Postgres.in(directory)) {
            begin(run);
            lock(other);
            write(stage, 0, "{\"id\":3}");
            Commit second = run.commit(2, "c2");
            assertThatThrownBy(() -> await(stage.commit(second)))
                    .isInstanceOf(SinkTransient.class)
                    .hasMessageContaining("lock_timeout");
            other.rollback();
            await(stage.commit(second));
        }
        assertThat(Postgres.query(directory, "SELECT count(*) FROM customers")).containsExactly("3");
    }

    @Test
    void aDeadlockOfTwoWritersIsRepeated() throws SQLException {
        String name = Postgres.schema(directory);
        try (SinkRun run = run("application_name", name);
                Stage stage = run.stage("all", WriteMode.UPSERT);
                Connection other = Postgres.in(directory);
                Statement statement = other.createStatement()) {
            begin(run);
            other.setAutoCommit(false);
            statement.execute("UPDATE customers SET v = 10 WHERE id = 2");
            write(stage, 0, "{\"id\":1,\"v\":2}", "{\"id\":2,\"v\":2}");
            CompletableFuture<Void> commit =
                    repeated(stage.commit(run.commit(2, "c2"))).toFuture();
            awaitLockWait(name);
            try {
                statement.execute("UPDATE customers SET v = 10 WHERE id = 1");
                other.commit();
            } catch (SQLException chosen) {
                assertThat(chosen.getSQLState()).isEqualTo("40P01");
                other.rollback();
            }
            assertThat(commit).succeedsWithin(LIMIT);
        }
        assertThat(Postgres.query(directory, "SELECT v FROM customers")).containsExactly("2", "2");
    }

    @Test
    void aTableChangedInTheMiddleOfARunIsRefusedAndNothingIsWritten() {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1,\"v\":1}");
            await(stage.commit(run.commit(1, "c1")));
            Postgres.execute(directory, "ALTER TABLE customers ALTER v TYPE text");
            write(stage, 1, "{\"id\":2,\"v\":2}");
            Commit second = run.commit(2, "c2");
            assertThatThrownBy(() -> await(stage.commit(second)))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("v (expected bigint, found text)");
            assertThat(Postgres.query(directory, "SELECT id FROM customers")).containsExactly("1");
            Postgres.execute(directory, "ALTER TABLE customers ALTER v TYPE bigint USING v::bigint");
            await(stage.commit(second));
        }
    }

    @Test
    void aTableDroppedInTheMiddleOfARunIsSinkRegressed() {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            await(stage.commit(run.commit(1, "c1")));
            Postgres.execute(directory, "DROP TABLE customers");
            write(stage, 1, "{\"id\":2}");
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2")))).isInstanceOf(SinkRegressed.class);
        }
        try (SinkRun run = run()) {
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(new Committed(1, Optional.of(new Cursor("c1"))));
        }
    }

    @Test
    void aRuleOfOthersIsNamedWithoutTheValueThatBreaksIt() {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            await(stage.commit(run.commit(1, "c1")));
            Postgres.execute(directory, "ALTER TABLE customers ADD CONSTRAINT tiny CHECK (id < 100)");
            write(stage, 1, "{\"id\":987654}");
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2"))))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("tiny")
                    .hasMessageNotContaining("987654");
        }
    }

    @Test
    void aViewOnATableThatIsToBeReplacedIsNamed() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            Postgres.execute(directory, "CREATE VIEW report AS SELECT id FROM customers");
            run.load("all", WriteMode.REPLACE, 2, "c2", "{\"id\":2}");
            assertThatThrownBy(() -> await(run.sink().publish(STREAM.id(), WriteMode.REPLACE)))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("depend");
            assertThat(Postgres.query(directory, "SELECT id FROM report")).containsExactly("1");
            Postgres.execute(directory, "DROP VIEW report");
            await(run.sink().publish(STREAM.id(), WriteMode.REPLACE));
        }
        assertThat(Postgres.query(directory, "SELECT id FROM customers")).containsExactly("2");
    }
}
