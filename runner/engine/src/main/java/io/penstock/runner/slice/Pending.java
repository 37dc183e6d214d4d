package io.penstock.runner.slice;

import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.sink.CommitCadence;
import java.util.Optional;

/** What was written to a stage since its last commit. For one thread at a time. */
final class Pending {

    private long rows;
    private long letters;
    private long bytes;
    private long since;
    private boolean any;
    private long page = -1;
    private int attempt;
    private long pageRows;
    private long pageLetters;
    private long pageBytes;
    private boolean partial;
    private Optional<Cursor> newest = Optional.empty();
    private boolean cursorAtEnd;

    /** Whether {@code batch} takes the place of batches of the same page that were written. */
    boolean replaces(Batch batch) {
        return partial && batch.page() == page && batch.attempt() > attempt;
    }

    /** The batches of the page that is not yet whole are gone from the stage. */
    void dropPartial() {
        rows -= pageRows;
        letters -= pageLetters;
        bytes -= pageBytes;
        beginPage(page, attempt);
        partial = false;
    }

    /** {@code batch} was written at {@code now}, in nanoseconds, and {@code buried} dead letters with it. */
    void add(Batch batch, int buried, long now) {
        if (!partial) {
            beginPage(batch.page(), batch.attempt());
        }
        attempt = batch.attempt();
        partial = !batch.pageEnd();
        since = any ? since : now;
        any = true;
        long size = batch.records().byteCount();
        rows += batch.records().size();
        bytes += size;
        letters += buried;
        pageLetters += buried;
        pageRows += batch.records().size();
        pageBytes += size;
        if (batch.pageEnd()) {
            cursorAtEnd = batch.after().isPresent();
            newest = batch.after().or(() -> newest);
        }
    }

    private void beginPage(long number, int tryOf) {
        page = number;
        attempt = tryOf;
        pageRows = 0;
        pageLetters = 0;
        pageBytes = 0;
    }

    /** {@code count} records were taken out of the stage, and {@code buried} dead letters put in. */
    void takenOut(int count, int buried) {
        rows -= count;
        letters += buried;
    }

    /** Everything is durable. */
    void clear() {
        rows = 0;
        letters = 0;
        bytes = 0;
        any = false;
        newest = Optional.empty();
        cursorAtEnd = false;
    }

    /** Whether one of the bounds is reached at {@code now}. */
    boolean due(CommitCadence cadence, long now) {
        return any
                && (rows + letters >= cadence.rows()
                        || bytes >= cadence.bytes()
                        || now - since >= cadence.age().toNanos());
    }

    /** Whether anything was written, were it only an empty page. */
    boolean any() {
        return any;
    }

    /** Whether the page written last has not come to its end. */
    boolean partial() {
        return partial;
    }

    long page() {
        return page;
    }

    int attempt() {
        return attempt;
    }

    long rows() {
        return rows;
    }

    /** Dead letters among what was written. */
    long letters() {
        return letters;
    }

    /** The newest cursor among the whole pages. */
    Optional<Cursor> newest() {
        return newest;
    }

    /** Whether the cursor covers every whole page. */
    boolean covered() {
        return cursorAtEnd;
    }
}
