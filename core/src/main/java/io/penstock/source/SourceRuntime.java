package io.penstock.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.client.ApiClient;
import io.penstock.record.ConnectionId;
import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * What a source is handed, because it must not create it itself.
 *
 * @param connection the connection it is opened for; part of every slice's id
 * @param client begins a client of a base URL, with the connection's limits, transport and time already in it
 * @param timer clock and timer of all waits
 * @param clock wall clock, for dates in the data and in headers only
 * @param random for jitter
 * @param meters where meters are registered
 */
public record SourceRuntime(
        ConnectionId connection,
        Function<URI, ApiClient.Builder> client,
        Scheduler timer,
        Clock clock,
        RandomGenerator random,
        MeterRegistry meters) {}
