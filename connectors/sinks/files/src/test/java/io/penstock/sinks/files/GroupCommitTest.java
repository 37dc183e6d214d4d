package io.penstock.sinks.files;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.parts.Compression;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** Commits that wait at the same moment. */
final class GroupCommitTest {

    private static final int SLICES = 32;
    private static final StreamInfo CUSTOMERS = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk();

    private SinkRun run() {
        return SinkRun.of(JsonlProvider.sink(directory, Compression.NONE, disk), CUSTOMERS);
    }

    private static List<Stage> stages(SinkRun run) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            stages.add(run.stage("s" + i, WriteMode.APPEND));
            write(stages.get(i), 0, "{\"id\":" + i + "}");
        }
        return stages;
    }

    /** Subscribes to all at once, and waits for all. */
    private static List<Signal<Void>> together(List<Mono<Void>> commits) {
        return await(Flux.fromIterable(commits)
                .flatMapSequential(Mono::materialize, commits.size())
                .collectList());
    }

    private static List<Mono<Void>> commits(SinkRun run, List<Stage> stages, long version) {
        return IntStream.range(0, SLICES)
                .mapToObj(i -> stages.get(i).commit(run.commit(version, "v" + version)))
                .toList();
    }

    private List<String> ids() {
        return Jsonl.committed(directory, CUSTOMERS.id());
    }

    private static List<String> expected() {
        return IntStream.range(0, SLICES).mapToObj(i -> "{\"id\":" + i + "}").toList();
    }

    @Test
    void shareFarFewerSyncsThanThereAreCommitsAndLoseNothing() {
        try (SinkRun run = run()) {
            List<Stage> stages = stages(run);
            disk.syncs.clear();
            assertThat(together(commits(run, stages, 1))).noneMatch(Signal::isOnError);
            assertThat(disk.syncs).filteredOn("customers.jsonl"::equals).hasSizeLessThan(SLICES / 2);
            assertThat(disk.syncs).filteredOn("state.new"::equals).hasSizeLessThan(SLICES / 2);
            assertThat(ids()).containsExactlyInAnyOrderElementsOf(expected());
            stages.forEach(Stage::close);
        }
        try (SinkRun run = run()) {
            for (int i = 0; i < SLICES; i++) {
                assertThat(run.claim().of(run.slice("s" + i)).version()).isEqualTo(1);
            }
        }
    }

    @Test
    void areEachAppliedOnceWhenTheirAnswersWereLost() {
        try (SinkRun run = run()) {
            List<Stage> stages = stages(run);
            together(commits(run, stages, 1));
            assertThat(together(commits(run, stages, 1))).noneMatch(Signal::isOnError);
            assertThat(ids()).containsExactlyInAnyOrderElementsOf(expected());
            stages.forEach(Stage::close);
        }
    }

    @Test
    void areNotHeldUpByOneThatDoesNotFollow() {
        try (SinkRun run = run()) {
            List<Stage> stages = stages(run);
            List<Mono<Void>> commits = new ArrayList<>(commits(run, stages, 1));
            commits.set(7, stages.get(7).commit(run.commit(9, "v9")));
            List<Signal<Void>> ends = together(commits);
            assertThat(ends.get(7).getThrowable()).isInstanceOf(StateConflict.class);
            assertThat(ends).filteredOn(Signal::isOnError).hasSize(1);
            assertThat(ids()).hasSize(SLICES - 1).doesNotContain("{\"id\":7}");
            stages.forEach(Stage::close);
        }
    }

    @Test
    void areNotAnsweredWellWhenTheirSyncFails() {
        try (SinkRun run = run()) {
            List<Stage> stages = stages(run);
            disk.syncFails = "customers.jsonl";
            disk.syncs.clear();
            assertThat(together(commits(run, stages, 1)))
                    .allSatisfy(end -> assertThat(end.getThrowable()).isInstanceOf(SinkPermanent.class));
            assertThat(disk.syncs).containsExactly("customers.jsonl");
            stages.forEach(Stage::close);
        }
        disk.syncFails = null;
        try (SinkRun run = run()) {
            assertThat(run.claim().committed()).isEmpty();
            assertThat(ids()).isEmpty();
        }
    }

    @Test
    void keepTheOthersWholeAndSingleWhenOneIsCancelled() {
        try (SinkRun run = run()) {
            List<Stage> stages = stages(run);
            Optional<Object> nothing = await(Mono.fromCallable(() -> {
                stages.get(0).commit(run.commit(1, "v1")).subscribe().dispose();
                return Optional.empty();
            }));
            assertThat(nothing).isEmpty();
            together(commits(run, stages, 1).subList(1, SLICES));
            stages.forEach(Stage::close);
            assertThat(ids()).containsAll(expected().subList(1, SLICES)).doesNotHaveDuplicates();
        }
    }
}
