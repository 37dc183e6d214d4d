package io.penstock.record;

import java.util.Optional;

/**
 * Records of one page that travel together.
 *
 * @param slice where they were read
 * @param page number of the page in this walk, from 0 on
 * @param attempt 1 for the first try of the page; a higher number than before says that every batch of the same page with a
 *     lower one must be forgotten, because the answer that brought it broke off
 * @param records the records; may be none
 * @param after on the last batch of a page, where the slice stands once all batches up to this one are durable; elsewhere
 *     empty
 * @param pageEnd whether this is the last batch of its page
 */
public record Batch(
        SliceId slice, long page, int attempt, RecordBytes records, Optional<Cursor> after, boolean pageEnd) {

    /**
     * Judges the numbers.
     *
     * @throws IllegalArgumentException if {@code page} is negative, {@code attempt} below 1, or a cursor stands on a batch
     *     that does not end its page
     */
    public Batch {
        if (page < 0 || attempt < 1) {
            throw new IllegalArgumentException("page must be >= 0 and attempt >= 1, but were " + page + ", " + attempt);
        }
        if (after.isPresent() && !pageEnd) {
            throw new IllegalArgumentException("only the last batch of a page may carry a cursor");
        }
    }

    /** A page that fits in one batch, read at the first try. */
    public static Batch ofPage(SliceId slice, long page, RecordBytes records, Optional<Cursor> after) {
        return new Batch(slice, page, 1, records, after, true);
    }
}
