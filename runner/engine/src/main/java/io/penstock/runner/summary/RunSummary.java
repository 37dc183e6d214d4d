package io.penstock.runner.summary;

import io.penstock.rate.BudgetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a run ended.
 *
 * @param plan the plan's name
 * @param started when it began
 * @param wall how long it took
 * @param connections in the plan's order
 * @param budgets how the budgets stand that were spent from
 * @param exitCode what a process that did this run exits with
 */
public record RunSummary(
        String plan,
        Instant started,
        Duration wall,
        List<ConnectionSummary> connections,
        List<BudgetState> budgets,
        int exitCode) {

    /** Copies the lists. */
    public RunSummary {
        connections = List.copyOf(connections);
        budgets = List.copyOf(budgets);
    }

    /** Everything that was parked. */
    public List<Failure> failures() {
        return connections.stream().flatMap(c -> c.failures().stream()).toList();
    }

    /** Every stream. */
    public List<StreamReport> streams() {
        return connections.stream().flatMap(c -> c.streams().stream()).toList();
    }

    /** Tries sent, repeats and what was asked ahead of the streams included. */
    public long requests() {
        return connections.stream().mapToLong(c -> c.firstLook().requests()).sum()
                + streams().stream().mapToLong(s -> s.counts().requests()).sum();
    }

    /** Repeats among {@link #requests}. */
    public long retries() {
        return connections.stream().mapToLong(c -> c.firstLook().retries()).sum()
                + streams().stream().mapToLong(s -> s.counts().retries()).sum();
    }

    /**
     * One line of JSON in a stable shape: {@code format} is 1 and grows when a field changes its meaning or goes; new fields may
     * come at any time. Durations are whole milliseconds and end in {@code _ms}; times are ISO 8601 in UTC.
     */
    public String toJson() {
        return SummaryJson.of(this);
    }
}
