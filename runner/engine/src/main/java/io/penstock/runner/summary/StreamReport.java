package io.penstock.runner.summary;

import io.penstock.record.StreamId;
import io.penstock.sink.WriteMode;

/**
 * How one stream of a run stands, in one glance.
 *
 * @param stream the stream
 * @param mode how it is written
 * @param incremental whether a later run can read only what has changed
 * @param state how far it is
 * @param counts how much
 * @param slices its parts
 * @param times where time went
 */
public record StreamReport(
        StreamId stream, WriteMode mode, boolean incremental, State state, Counts counts, Slices slices, Times times) {

    /** How far a stream is. */
    public enum State {
        /** No slice has begun. */
        WAITING,
        /** Slices are being read. */
        RUNNING,
        /** Every slice was read to its end, and what had to be published is. */
        DONE,
        /** A slice, the list of slices or the publishing failed; the rest was read. */
        FAILED,
        /** The run was stopped before the stream was read to its end. */
        STOPPED
    }
}
