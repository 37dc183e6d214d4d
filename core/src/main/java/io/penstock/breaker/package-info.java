/**
 * Spares a server that is failing: after too many failures nothing is sent but a single probe now and then.
 *
 * <p>Start at {@link io.penstock.breaker.CircuitBreaker}; {@link io.penstock.breaker.Breakers} keeps one for each origin and
 * credential. {@code Circuit} is the arithmetic, a value that each result turns into the next; the breaker around it only turns
 * instants into signals.
 *
 * <p>Invariants: while half open one probe is out at a time; a result of a former period changes nothing; whoever meets an open
 * circuit waits and leaves no trace when it cancels. Nothing here knows HTTP: the caller says what counts as a failure.
 */
@NullMarked
package io.penstock.breaker;

import org.jspecify.annotations.NullMarked;
