package io.penstock.testkit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Resume;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What writing by primary key must do, for sinks that offer {@link WriteMode#UPSERT}. */
public interface UpsertContract extends SinkHooks {

    /** A record takes the place of the row with the same key. */
    @Test
    default void anUpsertReplacesTheRowWithTheSameKey(@TempDir Path directory) {
        assumeTrue(upserts(directory), "the sink does not upsert");
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.UPSERT, 1, "c1", "{\"id\":1,\"v\":1}", "{\"id\":2,\"v\":1}");
            run.load("all", WriteMode.UPSERT, 2, "c2", "{\"id\":2,\"v\":2}", "{\"id\":3,\"v\":2}");
        }
        assertThat(visible(directory, stream()))
                .containsExactlyInAnyOrder(
                        Map.of("id", 1L, "v", 1L), Map.of("id", 2L, "v", 2L), Map.of("id", 3L, "v", 2L));
    }

    /** Inside one commit the last record with a key wins. */
    @Test
    default void theLastOfRepeatedKeysInsideOneCommitWins(@TempDir Path directory) {
        assumeTrue(upserts(directory), "the sink does not upsert");
        try (SinkRun run = run(directory)) {
            run.load(
                    "all", WriteMode.UPSERT, 1, "c1", "{\"id\":1,\"v\":9}", "{\"id\":2,\"v\":1}", "{\"id\":1,\"v\":2}");
        }
        assertThat(visible(directory, stream()))
                .containsExactlyInAnyOrder(Map.of("id", 1L, "v", 2L), Map.of("id", 2L, "v", 1L));
    }

    /** A tombstone removes its row; a record after it brings it back. */
    @Test
    default void aTombstoneRemovesTheRowWithItsKey(@TempDir Path directory) {
        assumeTrue(upserts(directory), "the sink does not upsert");
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.UPSERT, 1, "c1", "{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
            run.load(
                    "all",
                    WriteMode.UPSERT,
                    2,
                    "c2",
                    "{\"id\":1,\"deleted\":true}",
                    "{\"id\":2,\"deleted\":true}",
                    "{\"id\":2,\"deleted\":false}",
                    "{\"id\":4,\"deleted\":true}");
            assertThat(ids(directory)).containsExactly(2L, 3L);
        }
    }

    /** Without a key there is nothing to upsert by. */
    @Test
    default void anUpsertWithoutAPrimaryKeyIsRefused(@TempDir Path directory) {
        StreamInfo keyless = new StreamInfo(
                stream().id(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Resume.NONE);
        try (SinkRun run = SinkRun.of(open(directory), keyless)) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.UPSERT)).isInstanceOf(ConfigError.class);
        }
    }

    /** A mode that is not offered is refused as documented. */
    @Test
    default void aModeThatIsNotOfferedIsRefused(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            for (WriteMode mode : WriteMode.values()) {
                if (!run.sink().modes().contains(mode)) {
                    assertThatThrownBy(() -> run.stage("all", mode)).isInstanceOf(ConfigError.class);
                }
            }
        }
    }

    private boolean upserts(Path directory) {
        try (Sink sink = open(directory)) {
            return sink.modes().contains(WriteMode.UPSERT);
        }
    }
}
