package io.penstock.testkit.range;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.http.HttpTransport;
import io.penstock.http.Timeouts;
import io.penstock.http.Timeouts.Wait;
import io.penstock.page.WalkLimits;
import io.penstock.retry.RetryPolicy;
import java.net.URI;
import java.time.Duration;

/**
 * Clients that lose patience within seconds, so that a hundred bad servers are over soon. Everything but deadlines, the
 * waits between repeats and the length of a walk, 500 pages, is as in a run. Close it after the clients. Safe for concurrent use.
 */
public final class ShortWaits implements AutoCloseable {

    private static final Timeouts DEADLINES = Timeouts.DEFAULT
            .with(Wait.RESPONSE_HEADERS, Duration.ofMillis(1500))
            .with(Wait.BODY_IDLE, Duration.ofSeconds(1))
            .with(Wait.BODY_MIN_RATE, Duration.ofSeconds(2))
            .with(Wait.ATTEMPT, Duration.ofSeconds(20));

    private static final RetryPolicy REPEATS = RetryPolicy.builder()
            .maxAttempts(4)
            .base(Duration.ofMillis(50))
            .throttleBase(Duration.ofMillis(100))
            .cap(Duration.ofMillis(500))
            .maxElapsed(Duration.ofSeconds(20))
            .maxRetryAfter(Duration.ofSeconds(5))
            .build();

    private static final WalkLimits WALKS = new WalkLimits(500, Long.MAX_VALUE);

    private final HttpTransport transport;
    private final ClientResources resources;

    /** Connections of its own. */
    public ShortWaits() {
        ClientResources usual = ClientResources.create();
        usual.close(); // its pool has no connection yet
        transport = HttpTransport.builder()
                .timer(usual.timer())
                .random(usual.random())
                .timeouts(DEADLINES)
                .build();
        resources = ClientResources.of(transport, usual.timer(), usual.clock(), usual.random());
    }

    /** What the clients share. */
    public ClientResources resources() {
        return resources;
    }

    /** Begins a client of everything below {@code base}. */
    public ApiClient.Builder client(URI base) {
        return resources.client(base).retry(REPEATS).walks(WALKS);
    }

    @Override
    public void close() {
        transport.close();
    }
}
