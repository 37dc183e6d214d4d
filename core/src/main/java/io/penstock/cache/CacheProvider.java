package io.penstock.cache;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/** Makes stores for response caches; found through {@link java.util.ServiceLoader}, so it MUST have a public constructor without parameters. */
public interface CacheProvider {

    /** The name a plan calls it by, such as {@code redis}: lower case letters, digits and hyphens. */
    String name();

    /** One line that says where it keeps answers, for lists. */
    String summary();

    /** Every setting it knows; none may be called {@code store}, {@code ttl}, {@code keep} or {@code largest}. */
    List<Setting<?>> settings();

    /**
     * Makes a store; MUST NOT connect yet, and MUST NOT fail because nobody answers: a store that is down costs its help alone.
     *
     * @param config judged against {@link #settings()}
     * @param timer clock and timer of all waits
     * @return whoever opens it closes it
     * @throws io.penstock.error.BadConfig.ConfigError if settings that are good one by one do not fit together
     */
    CacheStore open(Config config, Scheduler timer);
}
