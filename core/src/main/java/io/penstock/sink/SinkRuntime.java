package io.penstock.sink;

import java.nio.file.Path;
import java.time.Clock;
import reactor.core.scheduler.Scheduler;

/**
 * What a sink is handed, because it must not create it itself.
 *
 * @param timer clock and timer of all waits
 * @param clock wall clock, for dates in the data only
 * @param directory what relative paths in settings are relative to
 */
public record SinkRuntime(Scheduler timer, Clock clock, Path directory) {}
