package io.penstock.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Entries in a Caffeine cache, weighed by their bytes. */
final class InProcessStore implements CacheStore {

    private static final int OVERHEAD = 256;
    private static final long LEAST_BYTES = 1L << 20;

    private final Cache<CacheKey, Held> entries;

    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    private record Held(byte[] bytes, long nanos) {}

    InProcessStore(Ticker clock, long bytes, int most) {
        if (bytes < LEAST_BYTES || most < 1) {
            throw new IllegalArgumentException("a cache holds at least 1 MiB and 1 entry, but was given " + bytes
                    + " bytes and " + most + " entries");
        }
        long share = bytes / most;
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((CacheKey key, Held held) ->
                        (int) Math.min(Integer.MAX_VALUE, Math.max(share, held.bytes().length + OVERHEAD)))
                .expireAfter(Expiry.<CacheKey, Held>writing((key, held) -> Duration.ofNanos(held.nanos())))
                .ticker(clock)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Mono<byte[]> read(CacheKey key) {
        return Mono.fromSupplier(() -> entries.getIfPresent(key)).map(Held::bytes);
    }

    @Override
    public Mono<Void> write(CacheKey key, byte[] entry, Duration keep) {
        return Mono.fromRunnable(() -> entries.put(key, new Held(entry, keep.toNanos())));
    }

    @Override
    public Mono<Void> remove(CacheKey key) {
        return Mono.fromRunnable(() -> entries.invalidate(key));
    }

    @Override
    public Mono<Void> removeAll(String place) {
        return Mono.fromRunnable(
                () -> entries.asMap().keySet().removeIf(key -> key.place().equals(place)));
    }

    @Override
    public void close() {
        entries.invalidateAll();
    }
}
