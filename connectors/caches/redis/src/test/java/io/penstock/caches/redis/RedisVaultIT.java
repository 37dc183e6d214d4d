package io.penstock.caches.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.ByteStore.Stored;
import io.penstock.store.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import redis.embedded.RedisServer;

/** Against a real Redis, started for this run alone. Time budget: 20 s. */
class RedisVaultIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String PASSWORD = "r3dis-canary";
    private static final Secret KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));

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

    @Test
    void anEntryIsSharedAndChangedByCompareAndSet() {
        Vault here = one.vault(KEY);
        Vault there = other.vault(KEY);
        byte[] bytes = {0, ':', (byte) 0xFF, '\n', 7};

        assertThat(here.entries().read("cas").blockOptional(LIMIT)).isEmpty();
        assertThat(here.entries().replace("cas", 0, bytes).block(LIMIT)).isEqualTo(1);
        Stored found = requireNonNull(there.entries().read("cas").block(LIMIT));
        assertThat(found.revision()).isEqualTo(1);
        assertThat(found.bytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> there.entries().replace("cas", 0, bytes).block(LIMIT))
                .isInstanceOf(StateConflict.class)
                .hasMessageContaining("found 1");
        assertThat(there.entries().replace("cas", 1, bytes).block(LIMIT)).isEqualTo(2);
    }

    @Test
    void anotherKeyReadsNothing() {
        one.vault(KEY).entries().replace("secret", 0, "words".getBytes(UTF_8)).block(LIMIT);
        byte[] key = new byte[32];
        key[5] = 1;

        assertThatThrownBy(() -> other.vault(Secret.of(Base64.getEncoder().encodeToString(key)))
                        .entries()
                        .read("secret")
                        .block(LIMIT))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("another key");
    }

    @Test
    void oneWorksAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Mono<Long> work = Mono.fromRunnable(() -> most.accumulateAndGet(inside.incrementAndGet(), Math::max))
                .then(Mono.delay(Duration.ofMillis(5)))
                .doOnNext(done -> inside.decrementAndGet());

        Flux.range(0, 20)
                .flatMap(
                        number -> (number % 2 == 0 ? one : other)
                                .vault(KEY)
                                .locks()
                                .hold("turn", work),
                        20)
                .blockLast(LIMIT);

        assertThat(most).hasValue(1);
    }

    @Test
    void aTurnIsGivenUpByCancellation() {
        one.vault(KEY)
                .locks()
                .hold("cancelled", Mono.never())
                .timeout(Duration.ofMillis(200))
                .onErrorComplete()
                .block(LIMIT);

        StepVerifier.create(other.vault(KEY).locks().hold("cancelled", Mono.just("mine")))
                .expectNext("mine")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aUrlWithAPasswordIsRefused() {
        assertThatThrownBy(() -> new RedisVault(
                        "redis://:secret@127.0.0.1", Schedulers.parallel(), RandomGenerator.of("L64X128MixRandom")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret@");
    }
}
