package io.penstock.runner.event;

import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.runner.summary.Failure;
import io.penstock.runner.summary.StreamReport;
import io.penstock.sink.WriteMode;
import java.time.Duration;

/** Something worth telling that happened in a run; never one a record. */
public sealed interface RunEvent {

    /**
     * A stream was taken up.
     *
     * @param stream the stream
     * @param mode how it will be written
     */
    record StreamStarted(StreamId stream, WriteMode mode) implements RunEvent {}

    /**
     * The sink could not take a commit yet; the same one is tried again.
     *
     * @param slice whose commit
     * @param attempt 1 for the first try that failed
     * @param pause how long until the next
     * @param reason why it failed, free of secrets
     */
    record CommitRetried(SliceId slice, int attempt, Duration pause, String reason) implements RunEvent {}

    /**
     * The sink could not swap in what a replacing run has committed yet; it is tried again.
     *
     * @param stream whose rows
     * @param attempt 1 for the first try that failed
     * @param pause how long until the next
     * @param reason why it failed, free of secrets
     */
    record PublishRetried(StreamId stream, int attempt, Duration pause, String reason) implements RunEvent {}

    /**
     * Whole pages and their cursor became durable.
     *
     * @param slice where they were read
     * @param version number of the commit
     * @param records how many records
     */
    record Committed(SliceId slice, long version, long records) implements RunEvent {}

    /**
     * The page tokens of a slice are no longer good; it is read again from its last committed cursor.
     *
     * @param slice which one
     */
    record Restarted(SliceId slice) implements RunEvent {}

    /**
     * A slice, a stream or a connection gave up; the others go on.
     *
     * @param failure what happened, with its place
     */
    record Parked(Failure failure) implements RunEvent {}

    /**
     * A stream is over, well or not.
     *
     * @param report how it stands
     */
    record StreamFinished(StreamReport report) implements RunEvent {}
}
