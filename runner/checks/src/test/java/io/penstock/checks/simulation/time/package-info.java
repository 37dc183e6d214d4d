/**
 * Time and memory of a simulated world: {@link io.penstock.checks.simulation.time.Clockwork} is clock and timer of one process,
 * {@link io.penstock.checks.simulation.time.Trace} remembers what happened.
 */
@NullMarked
package io.penstock.checks.simulation.time;

import org.jspecify.annotations.NullMarked;
