package io.penstock.runner.rounds;

import io.penstock.runner.summary.RunSummary;
import java.time.Duration;
import java.util.Optional;

/**
 * A round that is over.
 *
 * @param number 1 for the first
 * @param summary how it ended
 * @param pause how long until the next one begins; empty if it was the last
 */
public record Round(long number, RunSummary summary, Optional<Duration> pause) {}
