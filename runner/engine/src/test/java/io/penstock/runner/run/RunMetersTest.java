package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ApiClient;
import io.penstock.observe.Meters;
import io.penstock.rate.BudgetState;
import io.penstock.record.ConnectionId;
import io.penstock.record.StreamId;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.event.RunListener;
import io.penstock.runner.host.ClientFactory;
import io.penstock.sink.WriteMode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
