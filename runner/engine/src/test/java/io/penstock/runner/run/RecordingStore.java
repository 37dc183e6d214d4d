package io.penstock.runner.run;

import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.Committed;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A store in memory that outlives its sinks, writes down what is asked of it, and fails as it is told. */
final class RecordingStore {

    final List<String> log = new ArrayList<>();
    final Map<StreamId, List<String>> rows = new LinkedHashMap<>();
    final Map<StreamId, List<String>> generation = new HashMap<>();
    final Map<SliceId, Committed> state = new LinkedHashMap<>();
    final Deque<Fault> faults = new ArrayDeque<>();
    final Deque<RuntimeException> publishFaults = new ArrayDeque<>();
    Set<WriteMode> modes = EnumSet.allOf(WriteMode.class);
    CommitCadence cadence = new CommitCadence(10, 1 << 20, Duration.ofMillis(500));
    Duration writing = Duration.ZERO;
    Duration committing = Duration.ZERO;
    long epoch;
    int openStages;
    boolean claimed;
    boolean graves;
    final List<String> letters = new ArrayList<>();

    @Nullable Throwable publishFailure;

    @Nullable Throwable claimFailure;

    final Scheduler timer;

    RecordingStore(Scheduler timer) {
        this.timer = timer;
    }

    /**
     * What the next commit does wrong.
     *
     * @param failure the answer
     * @param applied whether it was done all the same, so that only the answer was lost
     */
    record Fault(Throwable failure, boolean applied) {}

    List<String> rowsOf(StreamId stream) {
        return rows.getOrDefault(stream, List.of());
    }

    String cursorOf(SliceId slice) {
        return state.getOrDefault(slice, Committed.NOTHING)
                .cursor()
                .map(Cursor::text)
                .orElse("-");
    }

    long versionOf(SliceId slice) {
        return state.getOrDefault(slice, Committed.NOTHING).version();
    }

    Sink sink() {
        return new InMemorySink();
    }

    Mono<Void> after(Duration delay) {
        return delay.isZero() ? Mono.empty() : Mono.delay(delay, timer).then();
    }

    private final class InMemorySink implements Sink {

        @Override
        public Set<WriteMode> modes() {
            return modes;
        }

        @Override
        public boolean keepsDeadLetters() {
            return graves;
        }

        @Override
        public CommitCadence cadence() {
            return cadence;
        }

        @Override
        public Mono<Void> check() {
            return Mono.fromRunnable(() -> log.add("check"));
        }

        @Override
        public Mono<Claim> claim(ConnectionId connection) {
            return Mono.fromCallable(() -> {
                log.add("claim");
                if (claimFailure instanceof RuntimeException failure) {
                    throw failure;
                }
                claimed = true;
                generation.clear();
                return new Claim(++epoch, state);
            });
        }

        @Override
        public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
            return Mono.fromCallable(() -> {
                openStages++;
                return new RecordingStage(RecordingStore.this, slice, mode);
            });
        }

        @Override
        public Mono<Void> publish(StreamId stream, WriteMode mode) {
            return Mono.fromRunnable(() -> {
                log.add("publish " + stream.name());
                RuntimeException fault = publishFaults.poll();
                if (fault != null) {
                    throw fault;
                }
                if (publishFailure instanceof RuntimeException failure) {
                    throw failure;
                }
                rows.put(stream, generation.getOrDefault(stream, List.of()));
            });
        }

        @Override
        public Mono<Long> rows(StreamId stream) {
            return Mono.fromCallable(() -> (long) rowsOf(stream).size());
        }

        @Override
        public Mono<Void> forget(StreamId stream) {
            return Mono.fromRunnable(
                    () -> state.keySet().removeIf(slice -> slice.stream().equals(stream)));
        }

        @Override
        public String lookCommand() {
            return "look here";
        }

        @Override
        public void close() {
            claimed = false;
            log.add("close");
        }
    }

    Optional<Fault> nextFault() {
        return Optional.ofNullable(faults.poll());
    }
}
