package io.penstock.runner.summary;

/**
 * How much of a stream was read and made durable.
 *
 * @param records records that came from the source, committed or not
 * @param bytes bytes of those records
 * @param committed records made durable
 * @param commits how many commits that took
 * @param requests tries sent, repeats included
 * @param retries repeats among them
 * @param repairs halves of surrogate pairs that were replaced, since no UTF-8 can hold them
 * @param drifts seams between numbered pages at which the list was seen to have moved
 * @param skippedParents parents that had no value to read their children by
 */
public record Counts(
        long records,
        long bytes,
        long committed,
        long commits,
        long requests,
        long retries,
        long repairs,
        long drifts,
        long skippedParents) {}
