package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.store.Vault;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * What a credential is handed, because it must not create it itself.
 *
 * @param sender sends the requests a credential is made with
 * @param time clocks and chance
 * @param vault where what must outlive the process is kept
 * @param owner whose credential it is, such as the name of the connection; tells apart what is kept
 * @param learnt told of every secret that is made or received, so that it can be kept out of all text; must not block
 */
public record AuthMeans(Sender sender, Time time, Vault vault, String owner, Consumer<Secret> learnt) {

    /**
     * Clocks and chance.
     *
     * @param timer clock and timer of all waits
     * @param clock wall clock, for dates that others set or read
     * @param random for spreading
     */
    public record Time(Scheduler timer, Clock clock, RandomGenerator random) {}
}
