/**
 * Decides whether and when a failed try is repeated.
 *
 * <p>Start at {@link io.penstock.retry.RetryPolicy}: {@code request.retryWhen(policy.on(...))}, as the outermost operator, so
 * that a repeat pays its permit again. What may be repeated is asked of the error's type and of the request, never of a status
 * number. {@link io.penstock.retry.RetryAfter} reads what a server asks for.
 *
 * <p>Invariants: a repeat is never sent sooner than the server asked; one that could do its work twice is not sent at all.
 */
@NullMarked
package io.penstock.retry;

import org.jspecify.annotations.NullMarked;
