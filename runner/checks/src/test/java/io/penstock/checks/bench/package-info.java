/**
 * What Penstock costs, as ratios against something else in the same run.
 *
 * <p>Start at {@link io.penstock.checks.bench.Benchmarks}: it starts a {@link io.penstock.checks.bench.PageServer} in a process of
 * its own, runs each {@link io.penstock.checks.bench.Subject} in a fresh process, in turns with its rival, and prints a table of
 * medians.
 */
@NullMarked
package io.penstock.checks.bench;

import org.jspecify.annotations.NullMarked;
