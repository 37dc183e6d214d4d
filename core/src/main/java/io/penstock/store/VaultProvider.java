package io.penstock.store;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * Opens places where credentials are kept for several processes; found through {@link java.util.ServiceLoader}, so it MUST have a
 * public constructor without parameters. The vaults MUST be as {@link ByteStore} and {@link Locks} say; the test kit has a contract.
 */
public interface VaultProvider {

    /** The name a plan calls it by, such as {@code redis}: lower case letters, digits and hyphens. */
    String name();

    /** One line that says where credentials are kept, for lists. */
    String summary();

    /** Every setting it knows; none may be called {@code store} or {@code key}. */
    List<Setting<?>> settings();

    /**
     * Opens it; MUST NOT connect yet.
     *
     * @param config judged against {@link #settings()}
     * @param timer clock and timer of all waits
     * @param random for the marks of locks; safe for concurrent use
     * @return whoever opens it closes it
     * @throws io.penstock.error.BadConfig.ConfigError if settings that are good one by one do not fit together
     */
    VaultServer open(Config config, Scheduler timer, RandomGenerator random);
}
