/**
 * What stands between a request and its answer: credentials, the limiter, the count of what happened, and the faults.
 *
 * <p>Start at {@link io.penstock.testkit.model.guard.SlidingWindow} for the limit and at
 * {@link io.penstock.testkit.model.guard.FaultPlan} for the hostile switches. All of it is arithmetic over a time or a
 * key that is passed in.
 *
 * <p>Invariant: no half-open window of the limit's length ever holds more admitted requests than the limit.
 *
 * <p>Depends on the JDK, and on the drawing of numbers; knows no sockets and no records.
 */
@NullMarked
package io.penstock.testkit.model.guard;

import org.jspecify.annotations.NullMarked;
