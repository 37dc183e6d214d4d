package io.penstock.source;

import io.penstock.auth.Login;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One configured API, ready to be read.
 *
 * <p>Every publisher it returns is cold, errors only with a {@link io.penstock.error.PenstockException}, and may be subscribed
 * to more than once and concurrently. All waiting is done by the {@code ApiClient} that the source got from its runtime.
 */
public interface Source extends AutoCloseable {

    /** Proves cheaply that configuration and credentials work; MUST NOT change anything at the API. */
    Mono<Void> check();

    /** How a person grants access to what is read here, where the credential needs one; by default there is no such way. */
    default Optional<Login> login() {
        return Optional.empty();
    }

    /** Lists what can be read; MAY call the API. */
    Flux<StreamInfo> streams();

    /**
     * Lists the slices of a stream, in the order in which they are best read.
     *
     * <p>Slices MUST NOT overlap, and their ids MUST be the same from run to run.
     *
     * @throws IllegalArgumentException if {@code stream} is not one that {@link #streams} gave
     */
    Flux<Slice> slices(StreamId stream);

    /**
     * Lists the slices that together hold a stretch of time of a stream, to be read besides what {@link #slices} lists.
     *
     * <p>Their ids MUST be the same whenever the same stretch is asked for, MUST NOT be those of {@link #slices}, and {@link #read}
     * takes them too.
     *
     * @param from beginning of the stretch, in the source's own words, such as {@code 2024-01-01}
     * @param to its end, which does not belong to it
     * @return errors with {@link ConfigError}, as by default, if the stream cannot be read by time or the stretch is not written as
     *     it must be
     */
    default Flux<Slice> slicesBetween(StreamId stream, String from, String to) {
        return Flux.error(
                () -> new ConfigError(
                        "the stream " + stream + " cannot be read from " + from + " to " + to
                                + ": its source does not ask for a stretch of time; leave out --from and --to, or read it anew with --full-refresh"));
    }

    /**
     * Reads one slice from {@code from} to its present end.
     *
     * <p>The {@code Flux} MUST NOT call the API before it is subscribed to and asked, MUST read at most one page beyond demand,
     * MUST give the last batch of each page the cursor that holds after it (where the stream can be resumed there; the last
     * batch of the walk always has one), and MUST stop calling the API when cancelled. Reading again from any cursor it gave
     * MUST emit every later record.
     *
     * @param from where to resume, or empty to read from the beginning
     * @throws IllegalArgumentException if {@code slice} is not one that {@link #slices} gave
     */
    Flux<Batch> read(Slice slice, Optional<Cursor> from);

    /**
     * The cursor of a first read that leaves out what lies before {@code start}; for the plan's {@code start}.
     *
     * @param start in the source's own words, such as {@code 2026-01-01}
     * @return empty, as by default, if the stream can only be read from its beginning
     * @throws io.penstock.error.BadConfig.ConfigError if {@code start} is not written as it must be
     */
    default Optional<Cursor> startingAt(StreamId stream, String start) {
        return Optional.empty();
    }

    /**
     * The cursor to begin again from when the API no longer knows the page token in {@code cursor}: where the records before it
     * end, as far as a record tells.
     *
     * @return {@code cursor} itself, as by default, if there is no token in it
     */
    default Cursor withoutToken(Cursor cursor) {
        return cursor;
    }

    /**
     * {@code saved} in the form that this release reads, whichever release of the source has written it.
     *
     * <p>The engine asks before it reads from a saved cursor and before it imports one; the new form becomes durable with the next
     * commit. It MUST NOT call the API.
     *
     * @return {@code saved} itself, as by default, if there is only one form
     * @throws io.penstock.error.StateFailure.StateCorrupt if the form is newer than this release, too old for it, or not of this
     *     source; the message MUST say what mends it
     * @throws IllegalArgumentException if the stream of {@code slice} is not one that {@link #streams} gives
     */
    default Cursor upgrade(SliceId slice, Cursor saved) {
        return saved;
    }

    /** Lets go of all that was opened; idempotent. */
    @Override
    void close();
}
