package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Batch;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink must do that keeps dead letters ({@link Sink#keepsDeadLetters}). */
public interface DeadLetterContract extends SinkHooks {

    /** The letters of the stream that a run could show. */
    static List<String> letters(SinkRun run) {
        return await(run.sink().deadLetters(run.slice("all").stream().connection(), Optional.of("customers"), 100));
    }

    /** Buries one letter with {@code id} as it came from one attempt of a page. */
    static void bury(Stage stage, SinkRun run, long page, int attempt, String id) {
        String letter = "{\"id\":\"" + id + "\",\"page\":" + page
                + ",\"time\":\"2026-01-01T00:00:00.250Z\",\"code\":\"RecordRejected\",\"pointer\":\"/a\",\"reason\":\"b \\\"c\\\"\","
                + "\"record\":\"{\\\"a\\\":\\\"\u00e4 \\\\u0000\\\"}\"}";
        await(stage.bury(new Batch(run.slice("all"), page, attempt, SinkRun.records(letter), Optional.empty(), true)));
    }

    /** The ids of the letters a run could show. */
    static List<String> ids(SinkRun run) {
        return letters(run).stream()
                .map(letter -> String.valueOf(Rows.of(letter).get("id")))
                .toList();
    }

    /** Letters come with the commit, not before, and as they were given. */
    @Test
    default void lettersBecomeDurableWithTheCommitAndComeBackAsTheyWere(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            assertThat(run.sink().keepsDeadLetters()).isTrue();
            assertThat(letters(run)).isEmpty();
            try (Stage stage = run.stage("all", WriteMode.APPEND)) {
                write(stage, 0, "{\"id\":1}");
                bury(stage, run, 0, 1, "one");
                assertThat(letters(run)).isEmpty();
                await(stage.commit(run.commit(1, "c1")));
                bury(stage, run, 1, 1, "two");
                await(stage.commit(run.commit(2, "c2")));
                await(stage.commit(run.commit(2, "c2")));
            }
        }
        try (SinkRun run = run(directory)) {
            assertThat(ids(run)).containsExactly("one", "two");
            assertThat(Rows.of(letters(run).get(1)))
                    .containsEntry("connection", "shop")
                    .containsEntry("stream", "customers")
                    .containsEntry("slice", "all")
                    .containsEntry("page", 1L)
                    .containsEntry("time", "2026-01-01T00:00:00.250Z")
                    .containsEntry("code", "RecordRejected")
                    .containsEntry("pointer", "/a")
                    .containsEntry("reason", "b \"c\"")
                    .containsEntry("record", "{\"a\":\"\u00e4 \\u0000\"}");
        }
        assertThat(ids(directory)).containsExactly(1L);
    }

    /** What a broken attempt brought is forgotten, letters too; and what is not committed is gone with its stage. */
    @Test
    default void lettersOfADiscardedAttemptAreForgotten(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            try (Stage stage = run.stage("all", WriteMode.APPEND)) {
                bury(stage, run, 0, 1, "kept");
                bury(stage, run, 1, 1, "broken");
                await(stage.discard(1, 1));
                bury(stage, run, 1, 2, "again");
                await(stage.commit(run.commit(1, "c1")));
                bury(stage, run, 2, 1, "late");
            }
            assertThat(ids(run)).containsExactly("kept", "again");
        }
    }

    /** The letters of a replacement share the fate of its rows. */
    @Test
    default void lettersOfAReplacementTakeThePlaceOfOlderOnesWithIt(@TempDir Path directory) {
        for (int i : IntStream.rangeClosed(1, 3).toArray()) {
            try (SinkRun run = run(directory)) {
                try (Stage stage = run.stage("all", i == 1 ? WriteMode.APPEND : WriteMode.REPLACE)) {
                    write(stage, 0, "{\"id\":" + i + "}");
                    bury(stage, run, 0, 1, "letter " + i);
                    await(stage.commit(run.commit(i == 1 ? 1 : 2, "c")));
                }
                assertThat(ids(run)).containsExactly("letter 1"); // of the second run nobody ever hears
                if (i == 3) {
                    await(run.sink().publish(stream().id(), WriteMode.REPLACE));
                    assertThat(ids(run)).containsExactly("letter 3");
                }
            }
        }
    }
}
