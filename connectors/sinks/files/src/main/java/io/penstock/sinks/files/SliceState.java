package io.penstock.sinks.files;

import io.penstock.record.Cursor;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import java.util.Optional;

/**
 * Where a slice stands.
 *
 * @param epoch the run that made the last commit
 */
record SliceState(long version, long epoch, Optional<Cursor> cursor) {

    static final SliceState NOTHING = new SliceState(0, 0, Optional.empty());

    /** The slice after {@code commit}. */
    SliceState after(Commit commit) {
        return new SliceState(commit.version(), commit.epoch(), commit.cursor().or(() -> cursor));
    }

    /** As others see it. */
    Committed committed() {
        return new Committed(version, cursor);
    }
}
