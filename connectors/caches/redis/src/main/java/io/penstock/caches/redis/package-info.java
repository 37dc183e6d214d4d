/**
 * Keeps a response cache in Redis, so that several processes share it, and credentials that several processes share.
 *
 * <p>Start at {@link io.penstock.caches.redis.RedisCacheStore}, make a {@code ResponseCache} of it and give that to
 * {@code ApiClient.Builder.cache}; or at {@link io.penstock.caches.redis.RedisVault}. It is a module of its own so that whoever
 * shares nothing carries no Redis client.
 */
@NullMarked
package io.penstock.caches.redis;

import org.jspecify.annotations.NullMarked;
