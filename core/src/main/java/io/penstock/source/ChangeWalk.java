package io.penstock.source;

import io.penstock.client.PageBatch;
import io.penstock.observe.Lane;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Pointer;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * One walk through the pages of a slice, from a saved cursor to the present end.
 *
 * <p>It turns pages into batches with cursors. With a field that tells when a record changed, the next walk asks from the
 * greatest value on, inclusive, so that ties are never skipped; records that were read before are dropped by their content, so
 * that none comes twice. Values are asked for below the time at which the walk began only, as told by the server's own
 * {@code Date}, so that a change behind the walk's back is found by the next one.
 *
 * <p>Immutable and safe for concurrent use; each subscription walks by itself.
 */
public final class ChangeWalk {

    private final Optional<String> field;
    private final ChangeState state;
    private final Resume resume;
    private final boolean exclusive;
    private final Optional<Seams.Watched> seams;

    private ChangeWalk(
            Optional<String> field,
            ChangeState state,
            Resume resume,
            boolean exclusive,
            Optional<Seams.Watched> seams) {
        this.field = field;
        this.state = state;
        this.resume = resume;
        this.exclusive = exclusive;
        this.seams = seams;
    }

    /**
     * A walk through records with a field that grows with each change.
     *
     * @param field top-level field: a number, or a time in ISO 8601
     * @param resume {@link Resume#PAGE_TOKEN} to give every page a cursor with the token of the next;
     *     {@link Resume#RECORD_CURSOR} to give it one with the greatest value so far, which needs records in the order of
     *     {@code field} and is refused where they are not; {@link Resume#NONE} to give one to the last page only
     * @param from where an earlier walk stood; empty for the beginning
     * @throws io.penstock.error.StateFailure.StateCorrupt if {@code from} is not a cursor of a walk
     */
    public static ChangeWalk by(String field, Resume resume, Optional<Cursor> from) {
        return new ChangeWalk(
                Optional.of(field),
                from.map(ChangeState::of).orElse(ChangeState.START),
                resume,
                false,
                Optional.empty());
    }

    /** A walk that reads everything each time; a finished one begins again. */
    public static ChangeWalk whole(Resume resume, Optional<Cursor> from) {
        return new ChangeWalk(
                Optional.empty(), from.map(ChangeState::of).orElse(ChangeState.START), resume, false, Optional.empty());
    }

    /** The cursor of a walk that asks from {@code value} on, for {@link Source#startingAt}. */
    public static Cursor startingAt(String value) {
        return new ChangeState(ChangeState.VERSION, value, List.of(), null).cursor();
    }

    /**
     * The cursor of a walk whose page token has died: it begins again where the last finished walk ended, or with
     * {@link Resume#RECORD_CURSOR} at the last record kept.
     *
     * @return {@code cursor} itself if it has no token
     */
    public static Cursor withoutToken(Cursor cursor) {
        ChangeState state = ChangeState.of(cursor);
        return state.walk() == null ? cursor : state.betweenWalks().cursor();
    }

    /**
     * The cursor of a walk as this release writes it, for {@link Source#upgrade}; there is one form so far.
     *
     * @throws io.penstock.error.StateFailure.StateCorrupt if it is not a cursor of a walk, or one of a newer release
     */
    public static Cursor upgraded(Cursor saved) {
        ChangeState.of(saved);
        return saved;
    }

    /**
     * For an API that gives what lies beyond the value asked for, without those at it: while a walk is under way, its cursor is a
     * value whose records have all been read.
     */
    public ChangeWalk exclusive() {
        return new ChangeWalk(field, state, resume, true, seams);
    }

    /**
     * For numbered pages, whose list may move while it is read: a record that comes again on one of the next pages is dropped, and
     * that the list has moved is told to the log and the lane ({@link io.penstock.observe.Lane#drifts}).
     *
     * @param key top-level fields that name a record; empty if none do, and then nothing is dropped
     * @param total where each page tells how many records there are, if it does
     */
    public ChangeWalk watchingSeams(List<String> key, Optional<Pointer> total) {
        return new ChangeWalk(field, state, resume, exclusive, Optional.of(new Seams.Watched(List.copyOf(key), total)));
    }

    /** The value to ask from, inclusive; empty to ask for everything. */
    public Optional<String> since() {
        return Optional.ofNullable(state.since());
    }

    /** The page to go on with, for {@link io.penstock.client.Pages#from}; empty for the first. */
    public Optional<String> token() {
        return Optional.ofNullable(state.walk()).map(ChangeState.Walk::token);
    }

    /**
     * Gives pages their cursors and drops what was read before.
     *
     * <p>Cold; one batch for each batch of {@code pages}, so demand and cancellation pass through.
     *
     * @param pages what {@link #since} and {@link #token} asked for
     */
    public Flux<Batch> read(SliceId slice, Flux<PageBatch> pages) {
        return Flux.deferContextual(context -> {
            WalkTracker tracker = new WalkTracker(field, state, resume, exclusive);
            return sewn(pages, context).map(batch -> tracker.take(slice, batch));
        });
    }

    private Flux<PageBatch> sewn(Flux<PageBatch> pages, ContextView context) {
        if (seams.isEmpty()) {
            return pages;
        }
        Lane lane = Lane.in(context).orElseGet(() -> Lane.begin(Schedulers.immediate()));
        Seams watch = new Seams(seams.get(), lane);
        return pages.map(watch::pass);
    }
}
