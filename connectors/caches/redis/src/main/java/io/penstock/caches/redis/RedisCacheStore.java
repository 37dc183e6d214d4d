package io.penstock.caches.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.penstock.cache.CacheKey;
import io.penstock.cache.CacheStore;
import io.penstock.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A {@link CacheStore} in Redis, version 6 or newer, by one connection that is opened with the first use.
 *
 * <p>Entries are plain values with a time to live. Each begins with the generation of its URL: forgetting a URL raises the
 * generation, so that all its entries are as good as gone in one step. How much Redis holds is bounded by its own {@code maxmemory},
 * which MUST be set, with an eviction policy such as {@code allkeys-lru}.
 *
 * <p>Safe for concurrent use; never blocks. While Redis cannot be reached every operation fails within the timeout, which the
 * cache takes as a miss; the connection comes back by itself.
 */
public final class RedisCacheStore implements CacheStore {

    private static final int QUEUED = 1000;
    private static final int MARK = ':';

    /** Outlives every entry that could bear an older generation. */
    private static final Duration GENERATION = Duration.ofDays(31);

    private static final String WRITE = """
            local generation = redis.call('GET', KEYS[1]) or '0'
            redis.call('SET', KEYS[2], generation .. ':' .. ARGV[1], 'PX', ARGV[2])
            return 1
            """;
    private static final String FORGET = """
            redis.call('INCR', KEYS[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    private final RedisClient client;
    private final Mono<RedisReactiveCommands<String, byte[]>> commands;
    private final String prefix;
    private final Duration timeout;
    private final Scheduler timer;

    private RedisCacheStore(RedisURI server, String prefix, Duration timeout, Scheduler timer) {
        this.prefix = prefix;
        this.timeout = timeout;
        this.timer = timer;
        this.client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUED)
                .build());
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);
        this.commands = Mono.defer(() -> Mono.fromCompletionStage(client.connectAsync(codec, server)))
                .map(StatefulRedisConnection::reactive)
                .cache(open -> Duration.ofNanos(Long.MAX_VALUE), failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * A store in one Redis server; nothing is connected yet.
     *
     * @param url {@code redis://host:6379/0}, or {@code rediss://} with TLS; without a password
     * @param timer for the timeouts
     * @throws IllegalArgumentException if {@code url} is none, or holds a password
     */
    public static Builder at(String url, Scheduler timer) {
        if (url.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a URL must not hold a password: give it by login(user, password)");
        }
        return new Builder(RedisURI.create(url), timer);
    }

    /** Gathers what a store needs. For one thread. */
    public static final class Builder {

        private final RedisURI server;
        private final Scheduler timer;
        private String prefix = "penstock:cache:";
        private Duration timeout = Duration.ofMillis(500);

        private Builder(RedisURI server, Scheduler timer) {
            this.server = server;
            this.timer = timer;
        }

        /** Who reads and writes; the user {@code default} where Redis knows no others. */
        public Builder login(String user, Secret password) {
            server.setCredentialsProvider(
                    password.reveal(text -> new StaticCredentialsProvider(user, text.toCharArray())));
            return this;
        }

        /** What all keys begin with; default {@code penstock:cache:}. */
        public Builder prefix(String text) {
            prefix = text;
            return this;
        }

        /** How long one operation may take before it counts as failed; default 500 ms. */
        public Builder timeout(Duration longest) {
            timeout = longest;
            return this;
        }

        /**
         * Makes the store.
         *
         * @throws IllegalArgumentException if the prefix is empty or no ASCII, or the timeout not above 0
         */
        public RedisCacheStore build() {
            if (!prefix.matches("[\\x21-\\x7E]{1,100}") || timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(
                        "expected a prefix of 1 to 100 printable characters and a timeout above 0");
            }
            return new RedisCacheStore(server, prefix, timeout, timer);
        }
    }

    private <T> Mono<T> within(Function<RedisReactiveCommands<String, byte[]>, Mono<T>> use) {
        return commands.flatMap(use).timeout(timeout, timer);
    }

    /** In braces, so that a cluster keeps all of one URL on one node. */
    private String generation(String place) {
        return prefix + "{" + place + "}";
    }

    private String entry(CacheKey key) {
        return generation(key.place()) + ":" + key.variant();
    }

    @Override
    public Mono<byte[]> read(CacheKey key) {
        return within(redis -> redis.mget(generation(key.place()), entry(key))
                .map(found -> found.getValueOrElse(new byte[0]))
                .collectList()
                .flatMap(both -> current(both.get(0), both.get(1))));
    }

    private static Mono<byte[]> current(byte[] generation, byte[] value) {
        int mark = 0;
        while (mark < value.length && value[mark] != MARK) {
            mark++;
        }
        if (mark == value.length) {
            return Mono.empty();
        }
        byte[] now = generation.length == 0 ? new byte[] {'0'} : generation;
        return Arrays.equals(now, 0, now.length, value, 0, mark)
                ? Mono.just(Arrays.copyOfRange(value, mark + 1, value.length))
                : Mono.empty();
    }

    @Override
    public Mono<Void> write(CacheKey key, byte[] entry, Duration keep) {
        String[] keys = {generation(key.place()), entry(key)};
        return within(redis -> redis.eval(WRITE, ScriptOutputType.INTEGER, keys, entry, millis(keep))
                .then());
    }

    @Override
    public Mono<Void> remove(CacheKey key) {
        return within(redis -> redis.unlink(entry(key)).then());
    }

    @Override
    public Mono<Void> removeAll(String place) {
        String[] keys = {generation(place)};
        return within(redis -> redis.eval(FORGET, ScriptOutputType.INTEGER, keys, millis(GENERATION))
                .then());
    }

    private static byte[] millis(Duration time) {
        return Long.toString(Math.max(1, time.toMillis())).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        Mono.fromFuture(client.shutdownAsync(0, 2, TimeUnit.SECONDS)).subscribe();
    }

    @Override
    public String toString() {
        return "a response cache in Redis under " + prefix;
    }
}
