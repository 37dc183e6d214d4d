package io.penstock.sink;

import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import java.util.List;
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

    /** What a person types to look at the data; empty text if there is no such command. */
    String lookCommand();

    /** Lets go of the lock and all that was opened; what was not committed is gone. Idempotent; may block for a moment. */
    @Override
    void close();
}
