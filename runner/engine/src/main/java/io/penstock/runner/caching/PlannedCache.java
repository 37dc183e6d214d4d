package io.penstock.runner.caching;

import io.penstock.cache.CachePolicy;
import io.penstock.cache.CacheProvider;
import io.penstock.cache.CacheStore;
import io.penstock.cache.ResponseCache;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.runner.catalogue.Shelf;
import java.time.Clock;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/**
 * The cache that a plan names.
 *
 * @param provider makes its store
 * @param config the store's settings, judged
 * @param policy how long answers are taken for good
 */
public record PlannedCache(CacheProvider provider, Config config, CachePolicy policy) {

    /** The setting called {@code cache}, given the stores there are. */
    public static Setting<PlannedCache> setting(Shelf<CacheProvider> stores) {
        return Setting.optional(
                "cache",
                "Keeps answers of the API and asks whether they still hold. None by default.",
                new CacheType(stores));
    }

    /** What all caches have in common. */
    public static List<Setting<?>> settings() {
        return CacheType.COMMON;
    }

    /** Opens it; nothing is connected yet. */
    public OpenCache open(Scheduler timer, Clock clock) {
        CacheStore store = provider.open(config, timer);
        return new OpenCache(ResponseCache.of(store, policy, clock), store);
    }

    /** The store's name; settings stay unseen. */
    @Override
    public String toString() {
        return provider.name();
    }
}
