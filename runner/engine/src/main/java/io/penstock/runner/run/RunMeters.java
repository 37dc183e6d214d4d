package io.penstock.runner.run;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.penstock.cache.CacheCounts;
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
import io.penstock.runner.summary.StreamReport;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Counts what happens in a run, under the names of {@link Meters}; budgets are gauges that are read when somebody looks. */
final class RunMeters {

    private final MeterRegistry registry;
    private final ClientFactory clients;
    private final Set<String> budgets = ConcurrentHashMap.newKeySet();
    private final Set<String> retryBudgets = ConcurrentHashMap.newKeySet();

    RunMeters(MeterRegistry registry, ClientFactory clients) {
        this.registry = registry;
        this.clients = clients;
    }

    /** Counts first, then tells {@code next}. */
    RunListener before(RunListener next) {
        return event -> {
            count(event);
            next.on(event);
        };
    }

    private void count(RunEvent event) {
        if (event instanceof RunEvent.Committed committed) {
            add(Meters.COMMITTED, tags(committed.slice().stream()), committed.records());
        } else if (event instanceof RunEvent.StreamStarted) {
            clients.budgets().forEach(this::budget); // by now the client of its source is made
            clients.retryBudgets().keySet().forEach(this::retryBudget);
        } else if (event instanceof RunEvent.StreamFinished finished) {
            finished(finished.report());
        }
    }

    private void finished(StreamReport report) {
        Tags tags = tags(report.stream());
        Counts counts = report.counts();
        add(Meters.RECORDS, tags, counts.records());
        add(Meters.BYTES, tags, counts.bytes());
        add(Meters.REQUESTS, tags, counts.requests());
        for (RetryCause cause : RetryCause.values()) {
            add(
                    Meters.RETRIES,
                    tags.and("cause", cause.label()),
                    counts.repeats().getOrDefault(cause, 0L));
        }
        add(Meters.PAGE_DRIFT, tags, counts.drifts());
        add(Meters.TEXT_REPAIRS, tags, counts.repairs());
        add(Meters.SKIPPED_PARENTS, tags, counts.skippedParents());
        sifted(counts.sifted(), tags);
        report.times()
                .waits()
                .forEach((reason, time) -> add(Meters.WAITS, tags.and("reason", reason.label()), time.toNanos() / 1e9));
    }

    private void sifted(Sifted sifted, Tags tags) {
        if (!sifted.equals(Sifted.NONE)) {
            add(Meters.SIFTED, tags.and("outcome", "filtered"), sifted.filtered());
            add(Meters.SIFTED, tags.and("outcome", "skipped"), sifted.skipped());
            add(Meters.SIFTED, tags.and("outcome", "dead_letter"), sifted.deadLetters());
            add(Meters.SIFTED, tags.and("outcome", "warned"), sifted.warned());
        }
    }

    /** Adds up what the cache of a connection has done. */
    void cache(ConnectionId connection, CacheCounts counts) {
        Tags tags = Tags.of("connection", connection.name());
        add(Meters.CACHE, tags.and("outcome", "hit"), counts.hits());
        add(Meters.CACHE, tags.and("outcome", "confirmed"), counts.confirmed());
        add(Meters.CACHE, tags.and("outcome", "miss"), counts.misses());
        add(Meters.CACHE, tags.and("outcome", "shared"), counts.shared());
    }

    private static Tags tags(StreamId stream) {
        return Tags.of("connection", stream.connection().name(), "stream", stream.name());
    }

    private void add(Meters meter, Tags tags, long more) {
        add(meter, tags, (double) more); // exact up to 2^53
    }

    private void add(Meters meter, Tags tags, double more) {
        registry.counter(meter.label(), tags).increment(more);
    }

    private void budget(BudgetState state) {
        String name = state.name();
        if (!budgets.add(name)) {
            return;
        }
        state(Meters.BUDGET_UTILISATION, name, BudgetState::utilisation);
        state(Meters.BUDGET_GRANTED, name, BudgetState::granted);
        state(Meters.BUDGET_WAITING, name, BudgetState::waiting);
        state(Meters.BUDGET_IN_FLIGHT, name, BudgetState::inFlight);
        state(Meters.BUDGET_SLOTS, name, BudgetState::slots);
        state(Meters.BUDGET_LIMITED, name, now -> now.limitedFor().toNanos() / 1e9);
    }

    private void retryBudget(String name) {
        if (!retryBudgets.add(name)) {
            return;
        }
        gauge(Meters.RETRY_TOKENS, name, from -> repeats(from, name, RetryBudget.Usage::tokens));
        gauge(Meters.RETRY_WAITING, name, from -> repeats(from, name, RetryBudget.Usage::waiting));
    }

    private static double repeats(ClientFactory clients, String name, ToIntFunction<RetryBudget.Usage> value) {
        RetryBudget.Usage usage = clients.retryBudgets().get(name);
        return usage == null ? Double.NaN : value.applyAsInt(usage);
    }

    private void state(Meters meter, String name, ToDoubleFunction<BudgetState> value) {
        gauge(meter, name, from -> of(from, name, value));
    }

    /** In the place of one of an earlier run. Names begin with an address as typed, of which the scheme tells nothing. */
    private void gauge(Meters meter, String name, ToDoubleFunction<ClientFactory> value) {
        String budget = name.replaceFirst("^https?://", "");
        Gauge earlier = registry.find(meter.label()).tag("budget", budget).gauge();
        if (earlier != null) {
            registry.remove(earlier);
        }
        Gauge.builder(meter.label(), clients, value)
                .description(meter.description())
                .tag("budget", budget)
                .register(registry);
    }

    private static double of(ClientFactory clients, String name, ToDoubleFunction<BudgetState> value) {
        return clients.budgets().stream()
                .filter(state -> state.name().equals(name))
                .mapToDouble(value)
                .sum();
    }
}
