/**
 * Keeps a response cache in Redis, so that several processes share it.
 *
 * <p>Start at {@link io.penstock.caches.redis.RedisCacheStore}, make a {@code ResponseCache} of it and give that to
 * {@code ApiClient.Builder.cache}. It is a module of its own so that whoever does not share a cache carries no Redis client.
 */
@NullMarked
package io.penstock.caches.redis;

import org.jspecify.annotations.NullMarked;
