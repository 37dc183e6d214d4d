package io.penstock.store;

import io.penstock.error.StateFailure.StateConflict;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** A store that lives as long as the process. */
public final class MemoryByteStore implements ByteStore {

    private final Map<String, Stored> byName = new ConcurrentHashMap<>();

    /** Nothing is stored yet. */
    public MemoryByteStore() {}

    @Override
    public Mono<Stored> read(String name) {
        Names.judge(name);
        return Mono.fromSupplier(() -> byName.get(name)).map(MemoryByteStore::copy);
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        Names.judge(name);
        return Mono.fromSupplier(() -> byName.compute(name, (key, found) -> {
                    long revision = found == null ? 0 : found.revision();
                    if (revision != expected) {
                        throw conflict(name, expected, revision);
                    }
                    return new Stored(expected + 1, bytes.clone());
                }))
                .map(Stored::revision);
    }

    private static Stored copy(Stored stored) {
        return new Stored(stored.revision(), stored.bytes().clone());
    }

    static StateConflict conflict(String name, long expected, long found) {
        return new StateConflict("expected revision " + expected + " of " + name + ", found " + found
                + ": another process has changed it; run one at a time, or give each a store of its own");
    }
}
