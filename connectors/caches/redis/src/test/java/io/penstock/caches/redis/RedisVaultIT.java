package io.penstock.caches.redis;

import static io.penstock.testkit.vault.VaultHooks.KEY;
import static io.penstock.testkit.vault.VaultHooks.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.penstock.config.Secret;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.store.Vault;
import io.penstock.testkit.vault.VaultContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

/** Against a real Redis, started for this run alone. Time budget: 20 s. */
class RedisVaultIT implements VaultContract {

    private static final String PASSWORD = "r3dis-canary";

    private static RedisServer server;
    private static RedisVault one;
    private static RedisVault other;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .build();
        server.start();
        one = redis();
        other = redis();
    }

    private static RedisVault redis() {
        return new RedisVault(
                "redis://127.0.0.1:" + port,
                "default",
                Secret.of(PASSWORD),
                Schedulers.parallel(),
                RandomGenerator.of("L64X128MixRandom"));
    }

    @AfterAll
    static void stop() throws IOException {
        one.close();
        other.close();
        server.stop();
    }

    @Override
    public Vault here(Secret key) {
        return one.vault(key);
    }

    @Override
    public Vault there(Secret key) {
        return other.vault(key);
    }

    /** A token that was replaced is worth nothing, and a note that is gone would hide that. */
    @Test
    void whatIsKeptHasNoTimeToLive() {
        here(KEY).entries().replace("lasting", 0, new byte[] {1}).block(LIMIT);
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withPassword(PASSWORD.toCharArray())
                .build());
        try {
            assertThat(client.connect().sync().pttl(RedisVault.PREFIX + "lasting"))
                    .isEqualTo(-1);
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    /** A lease that ran out: the other works, and the first cannot store what it has done since. */
    @Test
    void aLeaseThatWasLostDoesNoHarm() {
        here(KEY).entries().replace("leased", 0, new byte[] {1}).block(LIMIT);
        Sinks.One<String> begun = Sinks.one();
        Disposable slow = here(KEY)
                .locks()
                .hold("leased", Mono.defer(() -> {
                    begun.tryEmitValue("begun");
                    return Mono.never();
                }))
                .subscribe();
        begun.asMono().block(LIMIT);
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withPassword(PASSWORD.toCharArray())
                .build());
        try {
            assertThat(client.connect().sync().del(RedisVault.PREFIX + "leased:lock"))
                    .isEqualTo(1);
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }

        there(KEY)
                .locks()
                .hold("leased", there(KEY).entries().replace("leased", 1, new byte[] {2}))
                .block(LIMIT);
        assertThatThrownBy(() ->
                        here(KEY).entries().replace("leased", 1, new byte[] {3}).block(LIMIT))
                .isInstanceOf(StateConflict.class);
        slow.dispose();
    }

    @Test
    void aUrlWithAPasswordIsRefused() {
        assertThatThrownBy(() -> new RedisVault(
                        "redis://:secret@127.0.0.1", Schedulers.parallel(), RandomGenerator.of("L64X128MixRandom")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret@");
    }
}
