package io.penstock.testkit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies at a durable step leaves all or nothing of it. One test for each kill point.
 *
 * <p>Implement it in a top-level class with a constructor without parameters: the process that dies makes one of its own.
 */
public interface KillContract extends SinkHooks {

    /** The points to die at, such as {@code files.commit.synced#3}; see {@link io.penstock.sink.KillPoint}. */
    List<String> killPoints();

    /** Fails if the store holds anything but what was committed; called when no sink is open. By default it looks no further. */
    default void requireClean(Path directory) {}

    /** Without a primary key: the run that dies appends and replaces. */
    @Override
    default StreamInfo stream() {
        return StreamInfo.of(StreamId.of("shop", "customers"));
    }

    /** Three commits, then a replacement; goes on from where the sink says that it stands. */
    default void sync(Path directory) {
        try (SinkRun run = run(directory)) {
            long version = run.claim().of(run.slice("all")).version();
            for (long v = version + 1; v <= 3; v++) {
                run.load("all", WriteMode.APPEND, v, "c" + v, "{\"id\":" + v + "}");
            }
            if (version <= 3) {
                run.load("all", WriteMode.REPLACE, 4, "c4", "{\"id\":41}", "{\"id\":42}");
                SinkRun.await(run.sink().publish(stream().id(), WriteMode.REPLACE));
            }
        }
    }

    /** Each point with a store of its own. */
    @TestFactory
    default Stream<DynamicTest> theNextRunGoesOnExactlyWhereTheKilledOneStood(@TempDir Path directory) {
        return killPoints().stream()
                .map(point -> DynamicTest.dynamicTest(
                        point,
                        () -> dieAndGoOn(point, Files.createDirectory(directory.resolve(point.replace('#', '-'))))));
    }

    private void dieAndGoOn(String point, Path directory) throws IOException, InterruptedException {
        assertThat(KilledRun.exitCode(this, point, directory))
                .as("the point must be reached")
                .isEqualTo(KilledRun.KILLED);
        try (SinkRun run = run(directory)) {
            long version = run.claim().of(run.slice("all")).version();
            List<Long> expected =
                    version == 4 ? List.of(41L, 42L) : List.of(1L, 2L, 3L).subList(0, (int) version);
            assertThat(ids(directory)).containsExactlyElementsOf(expected);
        }
        sync(directory);
        assertThat(ids(directory)).containsExactly(41L, 42L);
        requireClean(directory);
    }
}
