package io.penstock.runner.summary;

import io.penstock.observe.RetryCause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of a stream was read and made durable.
 *
 * @param records records that came from the source and were handed to the sink, committed or not
 * @param bytes bytes of those records
 * @param committed records made durable
 * @param commits how many commits that took
 * @param requests tries sent, repeats included
 * @param repeats repeats among them, by cause; causes that did not occur are left out
 * @param repairs halves of surrogate pairs that were replaced, since no UTF-8 can hold them
 * @param drifts seams between numbered pages at which the list was seen to have moved
 * @param skippedParents parents that had no value to read their children by
 * @param sifted records left out, or kept elsewhere; not among {@code records}
 */
public record Counts(
        long records,
        long bytes,
        long committed,
        long commits,
        long requests,
        Map<RetryCause, Long> repeats,
        long repairs,
        long drifts,
        long skippedParents,
        Sifted sifted) {

    /** Copies the map. */
    public Counts {
        Map<RetryCause, Long> copy = new EnumMap<>(RetryCause.class);
        copy.putAll(repeats);
        repeats = Collections.unmodifiableMap(copy);
    }

    /** Repeats among the requests, for whatever cause. */
    public long retries() {
        return repeats.values().stream().mapToLong(Long::longValue).sum();
    }
}
