package io.penstock.runner.caching;

import io.penstock.cache.CacheStore;
import io.penstock.cache.ResponseCache;

/**
 * A cache in use.
 *
 * @param responses what clients read through
 * @param store where it keeps them
 */
public record OpenCache(ResponseCache responses, CacheStore store) implements AutoCloseable {

    /** Lets go of the store; idempotent, never blocks. */
    @Override
    public void close() {
        store.close();
    }
}
