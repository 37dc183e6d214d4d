/**
 * Decides whether and when a failed try is repeated.
 *
 * <p>Start at {@link io.penstock.retry.RetryPolicy}.
 */
@NullMarked
package io.penstock.retry;

import org.jspecify.annotations.NullMarked;
