package io.penstock.client;

import io.penstock.breaker.Breakers;
import io.penstock.http.HttpTransport;
import io.penstock.http.Transport;
import io.penstock.rate.Budgets;
import io.penstock.retry.RetryBudgets;
import io.penstock.store.ByteStore;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What clients share: connections, budgets, time and chance.
 *
 * <p>A runner makes one for all its connections, so that two clients of the same origin and credential spend one budget. An
 * embedder needs it only to share connections or to test: {@link ApiClient#at} makes one by itself. Safe for concurrent use.
 *
 * @param transport sends; closed by {@link #close}
 * @param shared what clients of one origin and credential spend together
 * @param timer clock and timer of all waits
 * @param clock wall clock, for HTTP dates only
 * @param random for jitter
 */
public record ClientResources(Transport transport, Shared shared, Scheduler timer, Clock clock, RandomGenerator random)
        implements AutoCloseable {

    /**
     * What is kept once for each origin and credential, however many clients call it.
     *
     * @param budgets leave to send
     * @param breakers spare servers that fail
     * @param repeats pay for repeats
     */
    public record Shared(Budgets budgets, Breakers breakers, RetryBudgets repeats) {}

    /** Resources around a transport. */
    public static ClientResources of(Transport transport, Scheduler timer, Clock clock, RandomGenerator random) {
        Shared shared = new Shared(new Budgets(timer, random), new Breakers(timer, random), new RetryBudgets(timer));
        return new ClientResources(transport, shared, timer, clock, random);
    }

    /** Resources with a connection pool of their own, in real time. */
    public static ClientResources create() {
        return create(Optional.empty());
    }

    /**
     * As {@link #create()}; what is spent of limits of an hour and longer counts after a restart.
     *
     * @param quotas where that is kept; stays the caller's to close
     */
    public static ClientResources create(ByteStore quotas) {
        return create(Optional.of(quotas));
    }

    private static ClientResources create(Optional<ByteStore> quotas) {
        Scheduler timer = Schedulers.parallel();
        Clock clock = SystemTime.clock();
        RandomGenerator random = SystemTime.random();
        Transport transport =
                HttpTransport.builder().timer(timer).random(random).build();
        Budgets budgets = quotas.map(store -> new Budgets(timer, random, store, clock))
                .orElseGet(() -> new Budgets(timer, random));
        Shared shared = new Shared(budgets, new Breakers(timer, random), new RetryBudgets(timer));
        return new ClientResources(transport, shared, timer, clock, random);
    }

    /**
     * Begins a client of everything below {@code base}.
     *
     * @param base absolute, {@code http} or {@code https}; trusted as typed
     */
    public ApiClient.Builder client(URI base) {
        return new ClientBuilder(base, this, () -> {});
    }

    /** Closes the transport; idempotent, never blocks. */
    @Override
    public void close() {
        transport.close();
    }
}
