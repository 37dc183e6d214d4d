/**
 * Runs a plan: every slice of every stream, side by side within the limits, committed together with its cursor.
 *
 * <p>Start at {@link io.penstock.runner.run.Runner}. A connection is claimed, its streams get a write mode, their slices are run in
 * turn. A failure is parked where it happens and the rest goes on.
 *
 * <p>Invariants: a replaced stream is published only when every slice of it has succeeded; whatever ends a connection closes its
 * source and its sink.
 */
@NullMarked
package io.penstock.runner.run;

import org.jspecify.annotations.NullMarked;
