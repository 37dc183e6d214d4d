package io.penstock.sink;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Batch;
import java.util.List;
import java.util.SortedSet;
import reactor.core.publisher.Mono;

/**
 * The not yet visible side of a sink, for one slice.
 *
 * <p>The engine calls one method at a time and waits for its end. The publishers are cold and each is subscribed to once.
 */
public interface Stage extends AutoCloseable {

    /**
     * Takes a batch into the slice's own spool, visible to nobody.
     *
     * <p>The bytes of the batch are the sink's only until the signal; it MUST copy what it keeps.
     */
    Mono<Void> write(Batch batch);

    /** Forgets every batch of {@code page} with attempt number {@code attempt} or lower that was written since the last commit. */
    Mono<Void> discard(long page, int attempt);

    /**
     * Takes dead letters: records that did not fit, each as a JSON object that tells why, with the fields {@code id}, {@code page},
     * {@code time}, {@code code}, {@code pointer}, {@code reason} and {@code record}, which holds the record as text.
     *
     * <p>MUST become durable with the next {@link #commit}, beside the stream's rows and never among them, and be forgotten by
     * {@link #discard} as they are. Called only where {@link Sink#keepsDeadLetters} says so.
     *
     * @param letters as {@link #write} takes records
     */
    default Mono<Void> bury(Batch letters) {
        return Mono.error(() -> new ConfigError("the sink keeps no dead letters: use on_record_error fail or skip"));
    }

    /**
     * Takes records out of the stage which its {@link #commit} has refused with a
     * {@link io.penstock.error.DataRejected.RecordRejected} that says where they are; the same commit is made again afterwards.
     *
     * @param positions counted from 0 since the last commit; all of them are there
     * @return the records, in order
     */
    default Mono<List<TakenOut>> takeOut(SortedSet<Long> positions) {
        return Mono.error(() -> new ConfigError("the sink cannot go on without a record: use on_record_error fail"));
    }

    /**
     * Makes all that was written since the last commit durable together with the cursor, version and epoch.
     *
     * <p>MUST be atomic, and idempotent by (slice, epoch, version): after a lost answer the same commit again changes nothing.
     * A commit whose epoch is not the newest, or whose version is not the next, MUST fail with
     * {@link io.penstock.error.StateFailure.StateConflict} and change nothing. Under {@link WriteMode#REPLACE} it is durable but
     * becomes visible with {@link Sink#publish}.
     */
    Mono<Void> commit(Commit commit);

    /** Drops what was not committed; idempotent, MUST NOT block an event loop. */
    @Override
    void close();
}
