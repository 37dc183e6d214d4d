package io.penstock.cache;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Where entries lie: bytes under keys, for a time.
 *
 * <p>Implementations MUST be safe for concurrent use and MUST be bounded. A store may lose any entry at any time and may fail;
 * either is a miss and nothing worse. Entries carry a checksum of their own.
 */
public interface CacheStore extends AutoCloseable {

    /**
     * A store in this process, by Caffeine, which keeps what is used most.
     *
     * @param timer whose clock entries age by
     * @param bytes of all entries together, at least 1 MiB
     * @param entries how many, at least 1; an entry counts for at least {@code bytes / entries}, so both bounds hold
     * @throws IllegalArgumentException if a bound is too small
     */
    static CacheStore inProcess(Scheduler timer, long bytes, int entries) {
        return new InProcessStore(() -> timer.now(TimeUnit.NANOSECONDS), bytes, entries);
    }

    /** The entry of {@code key}; empty if there is none. The bytes must not be changed. */
    Mono<byte[]> read(CacheKey key);

    /** Puts an entry in place, for at most {@code keep}; the bytes must not be changed afterwards. */
    Mono<Void> write(CacheKey key, byte[] entry, Duration keep);

    /** Removes one entry, if it is there. */
    Mono<Void> remove(CacheKey key);

    /** Removes everything under {@link CacheKey#place() place}. */
    Mono<Void> removeAll(String place);

    /** Lets go of what the store has opened; idempotent, never blocks. */
    @Override
    void close();
}
