package io.penstock.runner.slice;

import io.penstock.error.BadAnswer.CursorExpired;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Asker;
import io.penstock.rate.Priority;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.runner.event.RunEvent;
import io.penstock.sink.Claim;
import io.penstock.sink.Committed;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads one slice into one stage, from where it stands to its present end. Run once. */
public final class SliceRun {

    private static final int RESTARTS = 3;
    private static final Set<WaitReason> PAGE_ARRIVING =
            EnumSet.of(WaitReason.SERVER, WaitReason.TRANSFER, WaitReason.DECODE);

    private final Slice slice;
    private final StreamRun stream;
    private final Opened opened;
    private final RunContext context;
    private final Lane lane;
    private final SinkTime sinkTime;
    private final Position position;
    private int restarts;
    private boolean cut;

    /** Reads {@code slice} of {@code stream} from where {@code claim} says it stands. */
    public SliceRun(Slice slice, StreamRun stream, Opened opened, Claim claim, RunContext context) {
        this.slice = slice;
        this.stream = stream;
        this.opened = opened;
        this.context = context;
        this.lane = Lane.begin(context.host().timer());
        this.sinkTime = new SinkTime(lane);
        this.position = position(claim.of(slice.id()), claim.epoch());
    }

    /** A replaced stream and a full refresh are read from the beginning, whatever the sink holds. */
    private Position position(Committed committed, long epoch) {
        boolean afresh = stream.mode() == WriteMode.REPLACE || context.fullRefresh();
        return new Position(
                epoch, committed, afresh ? stream.start() : committed.cursor().or(stream::start));
    }

    /** Never errors: what goes wrong is parked. */
    public Mono<Void> run() {
        return Mono.fromRunnable(this::upgrade)
                .then(Mono.defer(this::attempt))
                .then(Mono.fromRunnable(this::ended))
                .onErrorResume(this::parked)
                .then()
                .doFirst(() -> stream.sliceBegins(lane))
                .doFinally(signal -> stream.sliceEnds(lane))
                .contextWrite(lane::into)
                .contextWrite(new Asker(stream.name(), Priority.NORMAL)::into); // streams take turns at the API's limit
    }

    /** An older release of the source may have written the cursor. */
    private void upgrade() {
        position.goBack(position.cursor().map(saved -> opened.source().upgrade(slice.id(), saved)));
    }

    private void ended() {
        if (!cut) {
            stream.sliceDone();
        }
    }

    private Mono<Void> parked(Throwable failure) {
        if (failure instanceof PenstockException known) {
            known.in(Place.slice(stream.name(), slice.id().key()));
        }
        stream.sliceFailed();
        context.events()
                .park(
                        failure,
                        Optional.of(stream.name()),
                        Optional.of(slice.id().key()));
        return Mono.empty();
    }

    private Mono<Void> attempt() {
        long before = position.version();
        return Mono.usingWhen(
                        sinkTime.around(opened.sink().open(stream.info(), slice.id(), stream.mode())),
                        this::copy,
                        stage -> Mono.fromRunnable(stage::close))
                .onErrorResume(CursorExpired.class, expired -> again(expired, before));
    }

    /**
     * Page tokens have died: reads again from the last committed record cursor, as often as that brings progress and three times
     * without.
     *
     * <p>Not where rows were committed that this cursor does not cover, unless an upsert makes them harmless.
     */
    private Mono<Void> again(CursorExpired expired, long before) {
        Optional<Cursor> record = position.cursor().map(opened.source()::withoutToken);
        boolean sameCursor = record.equals(position.cursor());
        boolean progress = sameCursor && position.version() > before; // what is read twice is none
        restarts = progress ? 0 : restarts + 1;
        boolean covered = position.whole() && sameCursor;
        if (!covered && stream.mode() != WriteMode.UPSERT) {
            return Mono.error(new CursorExpired(
                            expired.getMessage()
                                    + "; pages of this walk are committed already, and beginning it again would"
                                    + " double them: use mode upsert with a key, or narrower slices",
                            expired.status())
                    .in(expired.place()));
        }
        if (restarts > RESTARTS) {
            return Mono.error(expired);
        }
        position.goBack(record);
        context.events().tell(new RunEvent.Restarted(slice.id()));
        return Mono.defer(this::attempt);
    }

    /**
     * Demand: one batch is asked for while the one before is being written, and no more. {@code merge} holds that one; the
     * {@code concatMap} without prefetch asks when the writer is free. Where the run's budget for pages is spent, the next batch
     * is asked for only when the one before is written: the lane is then on the sink, whose pace it is that fills the budget.
     */
    private Mono<Void> copy(Stage stage) {
        SliceWriter writer = new SliceWriter(stage, slice.id(), stream, position, context);
        HeldPages pages = new HeldPages(context.held());
        return Flux.merge(1, writer.reminders(), steps(pages))
                .takeUntil(Step::last)
                .concatMap(step -> take(step, writer, pages), 0)
                .then()
                .doFinally(signal -> {
                    writer.close();
                    pages.close();
                });
    }

    private Mono<Void> take(Step step, SliceWriter writer, HeldPages pages) {
        Mono<Void> taken = sinkTime.around(writer.take(step));
        return step instanceof Step.Page page ? taken.doOnTerminate(() -> pages.written(page.batch())) : taken;
    }

    /** A failure comes as a step like any other, so that it does not overtake pages that arrived before it. */
    private Flux<Step> steps(HeldPages pages) {
        Flux<Batch> read = Flux.defer(() -> opened.source().read(slice, position.cursor()));
        return new GatedDemand<>(read, pages::room)
                .map(stream.sieve().reading()::take)
                .doOnNext(page -> {
                    pages.arrived(page.batch());
                    sinkTime.arrived();
                })
                .takeUntil(page -> page.batch().pageEnd() && context.stop().isAsked())
                .takeUntilOther(stopNow())
                .cast(Step.class)
                .concatWith(Mono.fromSupplier(this::last))
                .onErrorResume(failure -> Mono.just(new Step.Broken(failure)));
    }

    /** A page that is arriving may still come, within the drain; one that only waits for its turn is not asked for any more. */
    private Mono<Boolean> stopNow() {
        return context.stop()
                .asked()
                .filter(asked -> !PAGE_ARRIVING.contains(lane.waits().now()))
                .switchIfEmpty(Mono.never());
    }

    private Step last() {
        cut = context.stop().isAsked();
        return cut ? new Step.Cut() : new Step.End();
    }
}
