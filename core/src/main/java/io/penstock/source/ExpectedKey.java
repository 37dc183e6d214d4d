package io.penstock.source;

import io.penstock.client.PageBatch;
import io.penstock.error.BadAnswer.UnexpectedContent;
import java.util.Collections;
import java.util.List;

/**
 * Tells records from what some APIs send in their place with status 200, such as an object that describes an error.
 *
 * <p>It looks at which fields a batch has, not at its records. Immutable and safe for concurrent use.
 *
 * @param key the top-level fields that name a record; empty if none do, and then everything passes
 */
public record ExpectedKey(List<String> key) {

    /** Copies the list. */
    public ExpectedKey {
        key = List.copyOf(key);
    }

    /**
     * {@code batch} itself.
     *
     * @throws UnexpectedContent if it has records, but not one of them has a field of the key
     */
    public PageBatch judge(PageBatch batch) {
        boolean strange = batch.records().size() > 0
                && !key.isEmpty()
                && Collections.disjoint(batch.records().shape().fields().keySet(), key);
        if (strange) {
            throw new UnexpectedContent("expected records with " + String.join(", ", key) + ", found only "
                    + batch.records().shape().fields().keySet().stream()
                            .limit(10)
                            .toList()
                    + ": does the API report an error with status 200, or is the path of the records wrong?");
        }
        return batch;
    }
}
