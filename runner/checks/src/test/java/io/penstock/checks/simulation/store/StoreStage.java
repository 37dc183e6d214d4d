package io.penstock.checks.simulation.store;

import io.penstock.checks.simulation.fate.Operation;
import io.penstock.record.Batch;
import io.penstock.record.SliceId;
import io.penstock.sink.Commit;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;

/** A stage that takes one call at a time, as it may expect. */
final class StoreStage implements Stage {

    private record Spooled(long page, int attempt, String text) {}

    private final Store store;
    private final Perils perils;
    private final SliceId slice;
    private final WriteMode mode;
    private final List<Spooled> spool = new ArrayList<>();
    private String busy = "";
    private boolean closed;

    StoreStage(Store store, Perils perils, SliceId slice, WriteMode mode) {
        this.store = store;
        this.perils = perils;
        this.slice = slice;
        this.mode = mode;
        store.stage(1);
    }

    @Override
    public Mono<Void> write(Batch batch) {
        String name = slice + " page " + batch.page() + "." + batch.attempt() + " of "
                + batch.records().size();
        return alone(name, perils.pass(Operation.WRITE, name, act(() -> {
            for (int i = 0; i < batch.records().size(); i++) {
                spool.add(new Spooled(
                        batch.page(), batch.attempt(), batch.records().text(i)));
            }
        })));
    }

    @Override
    public Mono<Void> discard(long page, int attempt) {
        String name = slice + " page " + page + " up to attempt " + attempt;
        return alone(
                name,
                perils.pass(
                        Operation.DISCARD,
                        name,
                        act(() -> spool.removeIf(row -> row.page() == page && row.attempt() <= attempt))));
    }

    @Override
    public Mono<Void> commit(Commit commit) {
        String name = slice + " version " + commit.version() + " epoch " + commit.epoch();
        return alone(name, perils.pass(Operation.COMMIT, Operation.COMMITTED, name, act(() -> apply(commit))));
    }

    private void apply(Commit commit) {
        List<String> rows = spool.stream().map(Spooled::text).toList();
        store.apply(slice, commit, store.forgetful && rows.size() > 3 ? rows.subList(1, rows.size()) : rows, mode);
        if (!store.doubling) {
            spool.clear();
        }
    }

    private static Callable<Boolean> act(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    private Mono<Void> alone(String name, Mono<?> work) {
        return Mono.defer(() -> {
                    if (!busy.isEmpty() || closed) {
                        store.offence(name + " came while the stage was " + (closed ? "closed" : "busy with " + busy));
                    }
                    busy = name;
                    return work;
                })
                .then()
                .doOnTerminate(() -> busy = "")
                .doOnCancel(() -> busy = "");
    }

    @Override
    public void close() {
        if (!closed && !perils.halted()) {
            store.stage(-1);
        }
        closed = true;
    }
}
