/**
 * Keeps answers and asks again only whether they still hold (RFC 9111, as a private cache).
 *
 * <p>Start at {@link io.penstock.cache.ResponseCache}; {@link io.penstock.cache.CachePolicy} says for how long, {@link
 * io.penstock.cache.CacheStore} where. An entry belongs to one request as it was written and to one credential.
 *
 * <p>Invariant: what is kept was a proven, complete answer; an entry that cannot be read or whose checksum is wrong is as good as
 * none. Requests for one entry at the same time are one request.
 *
 * <p>Nothing here sends, waits for a limit, or knows what a body means; whoever composes requests does.
 */
@NullMarked
package io.penstock.cache;

import org.jspecify.annotations.NullMarked;
