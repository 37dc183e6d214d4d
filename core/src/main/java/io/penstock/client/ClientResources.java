package io.penstock.client;

import io.penstock.http.HttpTransport;
import io.penstock.http.Transport;
import io.penstock.http.outbound.Outbound;
import io.penstock.rate.Budgets;
import java.net.URI;
import java.time.Clock;
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
 * @param budgets one for each origin and credential
 * @param timer clock and timer of all waits
 * @param clock wall clock, for HTTP dates only
 * @param random for jitter
 */
public record ClientResources(
        Transport transport, Budgets budgets, Scheduler timer, Clock clock, RandomGenerator random)
        implements AutoCloseable {

    /** Resources around a transport. */
    public static ClientResources of(Transport transport, Scheduler timer, Clock clock, RandomGenerator random) {
        return new ClientResources(transport, new Budgets(timer, random), timer, clock, random);
    }

    /** Resources with a connection pool of their own, in real time. */
    public static ClientResources create() {
        Scheduler timer = Schedulers.parallel();
        Clock clock = SystemTime.clock();
        RandomGenerator random = SystemTime.random();
        Transport transport =
                HttpTransport.builder().timer(timer).random(random).build();
        return of(transport, timer, clock, random);
    }

    /**
     * Begins a client of everything below {@code base}.
     *
     * @param base absolute, {@code http} or {@code https}; trusted as typed
     */
    public ApiClient.Builder client(URI base) {
        return new ClientBuilder(base, this, () -> {});
    }

    /** These resources with a transport that keeps to {@code rules}. */
    ClientResources with(Outbound rules) {
        return new ClientResources(transport.with(rules), budgets, timer, clock, random);
    }

    /** Closes the transport; idempotent, never blocks. */
    @Override
    public void close() {
        transport.close();
    }
}
