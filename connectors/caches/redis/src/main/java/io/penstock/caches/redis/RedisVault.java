package io.penstock.caches.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.penstock.config.Secret;
import io.penstock.store.Vault;
import io.penstock.store.VaultServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A {@link Vault} in Redis, version 6 or newer, for processes on several machines that share credentials. Redis MUST write what it
 * is told to disk at once ({@code appendonly yes}, {@code appendfsync always}) and evict nothing, else a refresh token can be lost.
 *
 * <p>Safe for concurrent use; never blocks; connects with the first use.
 */
public final class RedisVault implements VaultServer {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final String PREFIX = "penstock:vault:";

    private final RedisClient client = RedisClient.create();
    private final Mono<RedisReactiveCommands<String, byte[]>> commands;
    private final Scheduler timer;
    private final RandomGenerator random;

    /**
     * A vault in one Redis server.
     *
     * @param server {@code rediss://host:6379/0}, or {@code redis://} without TLS; without a password
     * @param timer for waits and timeouts
     * @param random for the marks of locks
     * @throws IllegalArgumentException if {@code server} is no such URL, or holds a password
     */
    public RedisVault(String server, Scheduler timer, RandomGenerator random) {
        this(plain(server), timer, random);
    }

    /** As {@link #RedisVault(String, Scheduler, RandomGenerator)}, with a user and password. */
    public RedisVault(String server, String user, Secret password, Scheduler timer, RandomGenerator random) {
        this(login(plain(server), user, password), timer, random);
    }

    private RedisVault(RedisURI server, Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);
        this.commands = Mono.defer(() -> Mono.fromCompletionStage(client.connectAsync(codec, server)))
                .map(StatefulRedisConnection::reactive)
                .cache(open -> Duration.ofNanos(Long.MAX_VALUE), failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    private static RedisURI plain(String server) {
        if (server.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a URL must not hold a password: give user and password apart");
        }
        return RedisURI.create(server);
    }

    private static RedisURI login(RedisURI server, String user, Secret password) {
        server.setCredentialsProvider(password.reveal(text -> new StaticCredentialsProvider(user, text.toCharArray())));
        return server;
    }

    @Override
    public Vault vault(Secret key) {
        return Vault.encrypted(
                new RedisEntries(commands, PREFIX, TIMEOUT, timer),
                new RedisLocks(commands, PREFIX, timer, random),
                key,
                "Redis");
    }

    @Override
    public void close() {
        Mono.fromFuture(client.shutdownAsync(0, 2, TimeUnit.SECONDS)).subscribe();
    }
}
