/**
 * Keeps every request inside the quota of the API it goes to.
 *
 * <p>Start at {@link io.penstock.rate.Permits}: {@link io.penstock.rate.RateLimit} says how many requests, the permits say
 * when. {@link io.penstock.rate.Budgets} keeps one budget for each origin and credential. Waiting is a signal, never a blocked
 * thread.
 *
 * <p>Invariant: no half-open window of a limit's length ever holds more grants than the limit allows. What a server says of
 * its quota ({@link io.penstock.rate.RateHeaders}) can lower the rate, never raise it.
 *
 * <p>The arithmetic is a pure function of {@code now}; the reactive skin around it only turns instants into signals.
 */
@NullMarked
package io.penstock.rate;

import org.jspecify.annotations.NullMarked;
