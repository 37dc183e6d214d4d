package io.penstock.runner.summary;

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
 * @param exitCode what a process that did this run exits with
 */
public record RunSummary(
        String plan, Instant started, Duration wall, List<ConnectionSummary> connections, int exitCode) {

    /** Copies the list. */
    public RunSummary {
        connections = List.copyOf(connections);
    }

    /** Everything that was parked. */
    public List<Failure> failures() {
        return connections.stream().flatMap(c -> c.failures().stream()).toList();
    }

    /** Every stream. */
    public List<StreamReport> streams() {
        return connections.stream().flatMap(c -> c.streams().stream()).toList();
    }

    /**
     * One line of JSON in a stable shape: {@code format} is 1 and grows when a field changes its meaning or goes; new fields may
     * come at any time. Durations are whole milliseconds and end in {@code _ms}; times are ISO 8601 in UTC.
     */
    public String toJson() {
        return SummaryJson.of(this);
    }
}
