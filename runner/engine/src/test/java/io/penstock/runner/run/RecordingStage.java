package io.penstock.runner.run;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import io.penstock.sink.Stage;
import io.penstock.sink.TakenOut;
import io.penstock.sink.WriteMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** A stage in memory that checks the engine's side of the contract: one call at a time, the next version, the newest epoch. */
final class RecordingStage implements Stage {

    private record Row(long page, int attempt, String text) {}

    private final RecordingStore store;
    private final SliceId slice;
    private final WriteMode mode;
    private final List<Row> spool = new ArrayList<>();
    private final List<Row> buried = new ArrayList<>();
    private boolean busy;
    private boolean closed;

    RecordingStage(RecordingStore store, SliceId slice, WriteMode mode) {
        this.store = store;
        this.slice = slice;
        this.mode = mode;
    }

    @Override
    public Mono<Void> write(Batch batch) {
        return alone(store.after(store.writing).then(Mono.fromRunnable(() -> {
            store.log.add("write " + slice.key() + " page " + batch.page());
            for (int i = 0; i < batch.records().size(); i++) {
                spool.add(new Row(batch.page(), batch.attempt(), batch.records().text(i)));
            }
        })));
    }

    @Override
    public Mono<Void> bury(Batch letters) {
        return alone(Mono.fromRunnable(() -> {
            for (int i = 0; i < letters.records().size(); i++) {
                buried.add(new Row(
                        letters.page(), letters.attempt(), letters.records().text(i)));
            }
        }));
    }

    @Override
    public Mono<List<TakenOut>> takeOut(SortedSet<Long> positions) {
        return Mono.fromCallable(() ->
                positions.stream().map(position -> spool.get(position.intValue())).toList().stream()
                        .peek(spool::remove)
                        .map(row -> new TakenOut(row.page(), row.text().getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    @Override
    public Mono<Void> discard(long page, int attempt) {
        return alone(Mono.fromRunnable(() -> {
            store.log.add("discard " + slice.key() + " page " + page + " attempt " + attempt);
            spool.removeIf(row -> row.page() == page && row.attempt() <= attempt);
            buried.removeIf(row -> row.page() == page && row.attempt() <= attempt);
        }));
    }

    @Override
    public Mono<Void> commit(Commit commit) {
        return alone(store.after(store.committing).then(Mono.defer(() -> {
            String cursor = commit.cursor().map(Cursor::text).orElse("-");
            store.log.add("commit " + slice.key() + " v" + commit.version() + " to " + cursor + " at "
                    + store.timer.now(TimeUnit.MILLISECONDS));
            Optional<RecordingStore.Fault> fault = store.nextFault();
            if (fault.isEmpty() || fault.get().applied()) {
                apply(commit);
            }
            return fault.isPresent() ? Mono.error(fault.get().failure()) : Mono.empty();
        })));
    }

    private void apply(Commit commit) {
        Committed known = store.state.getOrDefault(slice, Committed.NOTHING);
        if (commit.version() == known.version()) {
            return; // applied before, and only the answer was lost
        }
        if (commit.epoch() != store.epoch || commit.version() != known.version() + 1) {
            throw new StateConflict("expected version " + (known.version() + 1) + ", found " + commit.version());
        }
        var target = mode == WriteMode.REPLACE ? store.generation : store.rows;
        List<String> rows = target.computeIfAbsent(slice.stream(), s -> new ArrayList<>());
        for (Row row : spool) {
            if (mode == WriteMode.UPSERT) {
                rows.remove(row.text());
            }
            rows.add(row.text());
        }
        spool.clear();
        buried.forEach(row -> store.letters.add(row.text()));
        buried.clear();
        store.state.put(slice, new Committed(commit.version(), commit.cursor().or(known::cursor)));
    }

    private Mono<Void> alone(Mono<Void> work) {
        return Mono.defer(() -> {
                    if (busy || closed) {
                        return Mono.error(new AssertionError("a stage got a call while " + (busy ? "busy" : "closed")));
                    }
                    busy = true;
                    return work;
                })
                .doOnTerminate(() -> busy = false)
                .doOnCancel(() -> busy = false);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.openStages--;
            store.log.add("close " + slice.key());
        }
    }
}
