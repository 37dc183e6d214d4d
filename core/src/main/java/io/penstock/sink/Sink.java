package io.penstock.sink;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * One configured store, ready to be written.
 *
 * <p>Every publisher it returns is cold, errors only with a {@link io.penstock.error.PenstockException}, and does its blocking
 * work on the sink's own bounded scheduler. The sink is safe for concurrent use; a {@link Stage} is for one writer.
 */
public interface Sink extends AutoCloseable {

    /** The ways of writing it offers. */
    Set<WriteMode> modes();

    /** Whether its stages take dead letters ({@link Stage#bury}); by default they do not. */
    default boolean keepsDeadLetters() {
        return false;
    }

    /**
     * The dead letters it keeps of a connection, oldest first, as {@link Stage#bury} was given them, each with its {@code connection},
     * {@code stream} and {@code slice}; call after {@link #claim}.
     *
     * @param stream only of this stream; empty for all
     * @param most how many at most
     */
    default Mono<List<String>> deadLetters(ConnectionId connection, Optional<String> stream, int most) {
        return Mono.just(List.of());
    }

    /** When the engine should commit; whole pages are gathered until one of the bounds is reached. */
    CommitCadence cadence();

    /** Proves that the store can be reached and written, without leaving anything behind. */
    Mono<Void> check();

    /**
     * Takes the connection for this run: takes the lock, mints the epoch, removes what dead runs left half done.
     *
     * <p>The lock MUST end with its owner, so that a run after a kill never waits. A second run that is alive MUST be refused
     * with {@link io.penstock.error.StateFailure.StateConflict}.
     */
    Mono<Claim> claim(ConnectionId connection);

    /**
     * Opens a stage for one slice; call after {@link #claim}.
     *
     * @param mode one of {@link #modes()}; {@link WriteMode#UPSERT} needs a primary key
     * @throws io.penstock.error.BadConfig.ConfigError if the stream cannot be written in this mode, as an error signal
     */
    Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode);

    /**
     * Ends a {@link WriteMode#REPLACE} of a whole stream: what its stages committed in this run takes the place of all older
     * rows and cursors, in one step. For other modes it does nothing. MUST be idempotent: after a
     * {@link io.penstock.error.SinkFailure.SinkTransient} the engine asks again.
     */
    Mono<Void> publish(StreamId stream, WriteMode mode);

    /** How many rows of {@code stream} the store holds, as far as it can tell cheaply; empty if it cannot. */
    Mono<Long> rows(StreamId stream);

    /** Forgets the cursors of the stream, so that the next run reads from the beginning; rows stay. */
    Mono<Void> forget(StreamId stream);

    /**
     * Puts other cursors in the place of those the sink holds, in one atomic step; rows and versions stay as they are.
     *
     * <p>A slice that is given an empty cursor is read from its beginning by the next run; one that was never written and is given
     * a cursor stands at version 0. MUST be idempotent.
     *
     * @param claim what {@link #claim} gave for the connection of the slices; if a later run has claimed since, it MUST fail with
     *     {@link io.penstock.error.StateFailure.StateConflict} and change nothing
     * @return errors with {@link io.penstock.error.BadConfig.ConfigError}, as by default, if this sink cannot
     */
    default Mono<Void> rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) {
        return Mono.error(() ->
                new ConfigError("this sink does not let its cursors be changed from outside: expected one that does,"
                        + " such as duckdb, postgres, jsonl or parquet; to read a stream anew use run --full-refresh"));
    }

    /** What a person types to look at the data; empty text if there is no such command. */
    String lookCommand();

    /** Lets go of the lock and all that was opened; what was not committed is gone. Idempotent; may block for a moment. */
    @Override
    void close();
}
