package io.penstock.parts.directory;

import io.penstock.parts.directory.CommitQueue.Waiting;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory as one run uses it, from its check to its close. Every method but {@link #cadence} and {@link #lookCommand} blocks
 * and is called on one thread.
 *
 * @param <P> where its stages write
 */
public interface Target<P extends Place> {

    /** When to commit. */
    CommitCadence cadence();

    /** Proves that the directory can be written, and that its state can be read; leaves nothing behind. */
    void check() throws IOException;

    /** Takes the directory for a run of {@code connection}; what dead runs left half done is undone. */
    Claim claim(ConnectionId connection) throws IOException;

    /** Makes room for a stage; {@code mode} is not {@link WriteMode#UPSERT}. */
    P open(StreamInfo stream, SliceId slice, WriteMode mode) throws IOException;

    /** Makes rows and cursors durable together; each of {@code group} is told how it went. */
    void commit(List<Waiting<P>> group) throws IOException;

    /** Puts what this run has committed in the place of all older rows. */
    void publish(StreamId id) throws IOException;

    /** Drops what a stage has not committed. */
    void leave(P place) throws IOException;

    /** Committed rows that readers see; null if unknown. */
    @Nullable Long rows(StreamId id) throws IOException;

    /** Forgets where the slices of a stream stand. */
    void forget(StreamId id) throws IOException;

    /** Gives slices other cursors, all at once; their versions stay. */
    void rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) throws IOException;

    /** What a person types to look at the data; empty if there is none yet. */
    String lookCommand();

    /** Lets go of everything. */
    void close() throws IOException;
}
