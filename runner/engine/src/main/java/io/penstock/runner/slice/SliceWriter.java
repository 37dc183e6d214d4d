package io.penstock.runner.slice;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Batch;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.mapping.Misfit;
import io.penstock.sink.Commit;
import io.penstock.sink.Stage;
import io.penstock.sink.TakenOut;
import io.penstock.sink.WriteMode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes the steps of one slice, one at a time, into its stage.
 *
 * <p>Invariant: a commit happens only where a page ends, and under {@link WriteMode#APPEND} only where a cursor covers every row in
 * it, because a row whose cursor was not kept would be read and appended again.
 */
final class SliceWriter {

    private final Stage stage;
    private final StreamRun stream;
    private final Position position;
    private final RunContext context;
    private final SinkRetry retry;
    private final SliceId slice;
    private final Pending pending = new Pending();
    private final DueTimer due;
    private final Letters letters;

    SliceWriter(Stage stage, SliceId slice, StreamRun stream, Position position, RunContext context) {
        this.stage = stage;
        this.slice = slice;
        this.stream = stream;
        this.position = position;
        this.context = context;
        this.retry = new SinkRetry(
                context, (attempt, pause, reason) -> new RunEvent.CommitRetried(slice, attempt, pause, reason));
        this.letters = new Letters(slice, position.next(Optional.empty()), context);
        this.due = new DueTimer(context.host().timer());
    }

    /** Reminders of records that wait for their commit; to be merged among the steps. */
    Flux<Step> reminders() {
        return due.steps();
    }

    /** Ends the reminders. */
    void close() {
        due.off();
    }

    /** Does what {@code step} asks for; the next one may only be given when this is over. */
    Mono<Void> take(Step step) {
        if (step instanceof Step.Page page) {
            return Mono.defer(() -> write(page));
        } else if (step instanceof Step.Due) {
            return Mono.defer(() -> isDue() && committable() ? commit() : Mono.empty());
        } else if (step instanceof Step.End) {
            return Mono.defer(this::end);
        } else if (step instanceof Step.Broken broken) {
            Throwable failure = broken.failure();
            Mono<Void> keep =
                    failure instanceof Exception ? keepWholePages() : Mono.empty(); // after an Error, nothing is sure
            return keep.then(Mono.error(failure));
        }
        return keepWholePages();
    }

    private Mono<Void> write(Step.Page page) {
        Batch batch = page.batch();
        Mono<Void> replaced = pending.replaces(batch) ? dropPartial(batch.attempt() - 1) : Mono.empty();
        Mono<Void> written = batch.records().size() > 0 ? stage.write(batch) : Mono.empty();
        Mono<Void> buried = page.misfits().isEmpty() ? Mono.empty() : stage.bury(letters.of(page));
        return replaced.then(written)
                .then(buried)
                .then(Mono.fromRunnable(() -> taken(page)))
                .then(Mono.defer(this::commitIfDue));
    }

    private void taken(Step.Page page) {
        Batch batch = page.batch();
        boolean first = !pending.any();
        pending.add(batch, page.misfits().size(), context.now());
        stream.read(batch.records().size(), batch.records().byteCount());
        if (first) {
            due.in(stream.cadence().age().toNanos());
        }
    }

    private Mono<Void> commitIfDue() {
        return isDue() && committable() ? commit() : Mono.empty();
    }

    private boolean isDue() {
        return pending.due(stream.cadence(), context.now());
    }

    private boolean committable() {
        if (pending.partial() || !pending.any()) {
            return false;
        }
        return stream.mode() != WriteMode.APPEND || (stream.info().resume() != Resume.NONE && pending.covered());
    }

    private boolean worthIt() {
        return pending.rows() + pending.letters() > 0
                || (pending.newest().isPresent() && !pending.newest().equals(position.cursor()));
    }

    private Mono<Void> end() {
        if (pending.partial()) {
            return Mono.error(
                    new IllegalStateException("the source ended " + slice + " inside page " + pending.page()));
        }
        return worthIt() ? commit() : Mono.empty();
    }

    private Mono<Void> keepWholePages() {
        return Mono.defer(() -> pending.partial() ? dropPartial(pending.attempt()) : Mono.empty())
                .then(Mono.defer(() -> committable() && worthIt() ? commit() : Mono.empty()));
    }

    private Mono<Void> dropPartial(int attempt) {
        return stage.discard(pending.page(), attempt).then(Mono.fromRunnable(pending::dropPartial));
    }

    /** Records that the sink refuses are taken out, if the plan says so and the sink can, and the same commit is made without them. */
    private Mono<Void> made(Commit commit) {
        return retry.run(() -> stage.commit(commit))
                .onErrorResume(RecordRejected.class, refused -> without(refused).then(Mono.defer(() -> made(commit))));
    }

    private Mono<Void> without(RecordRejected refused) {
        if (!stream.sieve().goesOn() || refused.positions().isEmpty()) {
            return Mono.error(refused);
        }
        return stage.takeOut(new TreeSet<>(refused.positions()))
                .onErrorMap(ConfigError.class, cannot -> refused)
                .flatMapIterable(taken -> taken)
                .concatMap(taken -> refuse(taken, refused), 0)
                .then();
    }

    private Mono<Void> refuse(TakenOut taken, RecordRejected refused) {
        Misfit misfit =
                new Misfit(taken.record(), refused.code(), refused.pointer(), String.valueOf(refused.getMessage()));
        stream.sieve().refuse(List.of(misfit), taken.page());
        boolean kept = stream.sieve().keeps();
        pending.takenOut(1, kept ? 1 : 0);
        return kept ? stage.bury(letters.of(List.of(misfit), taken.page())) : Mono.empty();
    }

    private Mono<Void> commit() {
        Commit commit = position.next(pending.newest());
        due.off();
        return made(commit).then(Mono.fromRunnable(() -> {
            long rows = pending.rows();
            position.reached(commit);
            pending.clear();
            stream.committed(rows);
            context.events().tell(new RunEvent.Committed(slice, commit.version(), rows));
        }));
    }
}
