package io.penstock.source;

import io.penstock.client.PageBatch;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

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

    private ChangeWalk(Optional<String> field, ChangeState state, Resume resume) {
        this.field = field;
        this.state = state;
        this.resume = resume;
    }

    /**
     * A walk through records with a field that grows with each change.
     *
     * @param field top-level field: a number, or a time in ISO 8601
     * @param resume {@link Resume#PAGE_TOKEN} to give every page a cursor, otherwise only the last one gets it
     * @param from where an earlier walk stood; empty for the beginning
     * @throws io.penstock.error.StateFailure.StateCorrupt if {@code from} is not a cursor of a walk
     */
    public static ChangeWalk by(String field, Resume resume, Optional<Cursor> from) {
        return new ChangeWalk(Optional.of(field), from.map(ChangeState::of).orElse(ChangeState.START), resume);
    }

    /** A walk that reads everything each time; a finished one begins again. */
    public static ChangeWalk whole(Resume resume, Optional<Cursor> from) {
        return new ChangeWalk(Optional.empty(), from.map(ChangeState::of).orElse(ChangeState.START), resume);
    }

    /** The cursor of a walk that asks from {@code value} on, for {@link Source#startingAt}. */
    public static Cursor startingAt(String value) {
        return new ChangeState(ChangeState.VERSION, value, List.of(), null).cursor();
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
        return Flux.defer(() -> {
            WalkTracker tracker = new WalkTracker(field, state, resume);
            return pages.map(batch -> tracker.take(slice, batch));
        });
    }
}
