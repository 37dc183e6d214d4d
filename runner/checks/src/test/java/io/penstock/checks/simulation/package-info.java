/**
 * The whole pipeline in a world of its own under virtual time: client, limiter, retry, breaker, paging, decoding, the rest source
 * and the engine are the real ones; the API, the network and the store are models that know the truth.
 *
 * <p>Start at {@link io.penstock.checks.simulation.Simulation}: data, faults, latencies, stops and kills all follow from one seed,
 * and everything runs on one thread, so a seed that failed fails again. {@link io.penstock.checks.simulation.Sweep} strikes every
 * single operation of a few fixed scenarios instead. {@link io.penstock.checks.simulation.Oracle} judges both.
 */
@NullMarked
package io.penstock.checks.simulation;

import org.jspecify.annotations.NullMarked;
