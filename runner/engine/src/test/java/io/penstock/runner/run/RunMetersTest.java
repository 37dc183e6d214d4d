package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ApiClient;
import io.penstock.observe.Meters;
import io.penstock.observe.RetryCause;
import io.penstock.rate.BudgetState;
import io.penstock.record.ConnectionId;
import io.penstock.record.StreamId;
import io.penstock.retry.RetryBudget;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.event.RunListener;
import io.penstock.runner.host.ClientFactory;
import io.penstock.runner.summary.Counts;
import io.penstock.runner.summary.Sifted;
import io.penstock.runner.summary.Slices;
import io.penstock.runner.summary.StreamReport;
import io.penstock.runner.summary.Times;
import io.penstock.sink.WriteMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Gauges of budgets over several streams and runs. */
class RunMetersTest {

    private static final StreamId STREAM = new StreamId(new ConnectionId("shop"), "orders");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** Clients whose one budget has granted so much. */
    private record Granted(long granted) implements ClientFactory {

        @Override
        public ApiClient.Builder at(URI base) {
            return ApiClient.at(base.toString());
        }

        @Override
        public List<BudgetState> budgets() {
            return List.of(
                    new BudgetState("https://api.test key", List.of(), 0, 0, 1, granted, Duration.ZERO, Duration.ZERO));
        }

        @Override
        public Map<String, RetryBudget.Usage> retryBudgets() {
            return Map.of("https://api.test", new RetryBudget.Usage(486, 2, 1));
        }
    }

    private void runs(ClientFactory clients) {
        RunListener meters = new RunMeters(registry, clients).before(RunListener.NONE);
        meters.on(new RunEvent.StreamStarted(STREAM, WriteMode.APPEND));
        meters.on(new RunEvent.StreamStarted(STREAM, WriteMode.APPEND)); // a second stream of the same client
    }

    private double granted() {
        return registry.get(Meters.BUDGET_GRANTED.label())
                .tag("budget", "api.test key")
                .gauge()
                .value();
    }

    @Test
    void theBudgetOfRepeatsHasAGaugeOfItsLevelAndOneOfWhoWaits() {
        Granted clients = new Granted(3);
        runs(clients);
        assertThat(gauge(Meters.RETRY_TOKENS)).isEqualTo(486);
        assertThat(gauge(Meters.RETRY_WAITING)).isEqualTo(2);
        assertThat(clients.granted()).isEqualTo(3); // still in reach
    }

    private double gauge(Meters meter) {
        return registry.get(meter.label()).tag("budget", "api.test").gauge().value();
    }

    @Test
    void repeatsAreCountedByTheirCause() {
        Counts counts =
                new Counts(1, 1, 1, 1, 9, Map.of(RetryCause.THROTTLE, 3L, RetryCause.SERVER, 2L), 0, 0, 0, Sifted.NONE);
        Times times = new Times(Duration.ZERO, Duration.ZERO, Map.of(), Optional.empty());
        new RunMeters(registry, new Granted(0))
                .before(RunListener.NONE)
                .on(new RunEvent.StreamFinished(new StreamReport(
                        STREAM,
                        WriteMode.APPEND,
                        false,
                        StreamReport.State.DONE,
                        counts,
                        new Slices(1, true, 1, 0),
                        times)));
        assertThat(counts.retries()).isEqualTo(5);
        assertThat(retries("throttle")).isEqualTo(3);
        assertThat(retries("server")).isEqualTo(2);
        assertThat(retries("network")).isZero();
    }

    private double retries(String cause) {
        return registry.get(Meters.RETRIES.label())
                .tags("connection", "shop", "stream", "orders", "cause", cause)
                .counter()
                .count();
    }

    @Test
    void aGaugeShowsTheBudgetOfTheRunThatIsUnderWay() {
        Granted first = new Granted(3);
        runs(first);
        assertThat(granted()).isEqualTo(3);
        Granted second = new Granted(5);
        runs(second);
        assertThat(granted()).as("not the one before, which is over").isEqualTo(5);
        assertThat(registry.find(Meters.BUDGET_GRANTED.label()).gauges()).hasSize(1);
        assertThat(first.granted() + second.granted()).isEqualTo(8); // both still in reach
    }
}
