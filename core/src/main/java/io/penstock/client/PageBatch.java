package io.penstock.client;

import io.penstock.message.Headers;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.Optional;

/**
 * Records of one page that travel together, and what is known of the page.
 *
 * @param page number of the page in this walk, from 0 on
 * @param attempt 1 for the first try; a higher number takes the place of every batch of the page with a lower one
 * @param records the records
 * @param end whether the page ends here, proven complete
 * @param next the token of the next page, on the last batch of a page that has a successor
 * @param headers what came with the page
 * @param values the values that paging looked at, complete on the last batch of a page
 */
public record PageBatch(
        long page,
        int attempt,
        RecordBytes records,
        boolean end,
        Optional<String> next,
        Headers headers,
        Values values) {

    /** This batch with other records. */
    public PageBatch with(RecordBytes others) {
        return new PageBatch(page, attempt, others, end, next, headers, values);
    }

    /** Whether the walk ends here: the end of a page without successor. */
    public boolean last() {
        return end && next.isEmpty();
    }
}
