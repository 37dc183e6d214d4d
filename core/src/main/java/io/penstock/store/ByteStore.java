package io.penstock.store;

import reactor.core.publisher.Mono;

/**
 * Keeps a few small pieces of bytes by name, changed by compare-and-set.
 *
 * <p>Publishers are cold and act once for each subscription; blocking work runs on the store's own scheduler. Safe for
 * concurrent use.
 */
public interface ByteStore {

    /**
     * What is stored under a name.
     *
     * @param revision 1 at first, one more with each change
     * @param bytes the receiver's own
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    record Stored(long revision, byte[] bytes) {}

    /**
     * What is stored; empty if nothing is.
     *
     * <p>Errors with {@link io.penstock.error.StateFailure.StateCorrupt} if there is something but it cannot be read.
     *
     * @param name 1 to 100 of {@code a-z 0-9 -}
     */
    Mono<Stored> read(String name);

    /**
     * Stores {@code bytes} durably; emits the new revision once they are.
     *
     * <p>Errors with {@link io.penstock.error.StateFailure.StateConflict} unless the stored revision is {@code expected} (0 for
     * none), and then changes nothing.
     *
     * @param name 1 to 100 of {@code a-z 0-9 -}
     */
    Mono<Long> replace(String name, long expected, byte[] bytes);
}
