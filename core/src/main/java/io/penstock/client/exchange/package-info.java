/**
 * One request through everything: retry around breaker around permit around credential around send, and what its answer means.
 *
 * <p>Start at {@link io.penstock.client.exchange.Exchange}. A try asks the breaker, waits for its permit, and asks the breaker
 * again if that took long; the credential is made ready before a permit is asked for, so that nobody waits for a token while
 * holding a slot. Whatever a try holds is in one {@code Hold}, and goes back on success, failure and cancellation alike.
 */
@NullMarked
package io.penstock.client.exchange;

import org.jspecify.annotations.NullMarked;
