package io.penstock.runner.slice;

import io.penstock.record.Cursor;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import java.util.Optional;

/** Where a slice stands durably while it is run. For one thread at a time. */
final class Position {

    private final long epoch;
    private long version;
    private Optional<Cursor> cursor;
    private boolean whole = true;

    Position(long epoch, Committed committed, Optional<Cursor> from) {
        this.epoch = epoch;
        this.version = committed.version();
        this.cursor = from;
    }

    /** The next commit. */
    Commit next(Optional<Cursor> after) {
        return new Commit(epoch, version + 1, after);
    }

    /** {@code commit} is durable. */
    void reached(Commit commit) {
        version = commit.version();
        cursor = commit.cursor().or(() -> cursor);
        whole = commit.cursor().isPresent();
    }

    /** Reading begins again at {@code earlier}; what is durable stays so. */
    void goBack(Optional<Cursor> earlier) {
        cursor = earlier;
    }

    long version() {
        return version;
    }

    Optional<Cursor> cursor() {
        return cursor;
    }

    /** Whether the cursor covers everything that this run has committed. */
    boolean whole() {
        return whole;
    }
}
