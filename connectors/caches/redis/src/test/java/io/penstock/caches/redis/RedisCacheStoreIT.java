package io.penstock.caches.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.penstock.cache.CacheKey;
import io.penstock.cache.CachePolicy;
import io.penstock.cache.CacheStore;
import io.penstock.cache.ResponseCache;
import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import redis.embedded.RedisServer;

/** Against a real Redis, started for this run alone. Time budget: 30 s. */
class RedisCacheStoreIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String PASSWORD = "r3dis-canary";

    private static RedisServer server;
    private static int port;
    private static RedisClient admin;
    private static RedisCommands<String, String> redis;
    private static RedisCacheStore store;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .setting("maxmemory 64mb")
                .setting("maxmemory-policy allkeys-lru")
                .build();
        server.start();
        admin = RedisClient.create("redis://:" + PASSWORD + "@127.0.0.1:" + port);
        StatefulRedisConnection<String, String> connection = admin.connect();
        redis = connection.sync();
        store = store();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RedisCacheStore store() {
        return RedisCacheStore.at("redis://127.0.0.1:" + port, Schedulers.parallel())
                .login("default", Secret.of(PASSWORD))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
        admin.shutdown();
        server.stop();
    }

    @BeforeEach
    void empty() {
        redis.flushall();
    }

    private static CacheKey key(String place, String variant) {
        return new CacheKey(place, variant);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void givesBackTheVeryBytes() {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 17, 4096, 1 << 20}) {
            byte[] entry = new byte[size];
            random.nextBytes(entry);
            store.write(key("p", "v" + size), entry, DAY).block(LIMIT);
            assertThat(store.read(key("p", "v" + size)).block(LIMIT)).isEqualTo(entry);
        }
        assertThat(store.read(key("p", "none")).blockOptional(LIMIT)).isEmpty();
    }

    @Test
    void entriesHaveATimeToLive() {
        store.write(key("p", "v"), bytes("x"), Duration.ofMinutes(10)).block(LIMIT);
        String name = redis.keys("*:v").get(0);
        assertThat(redis.pttl(name)).isBetween(500_000L, 600_000L);
        redis.pexpire(name, 0);
        assertThat(store.read(key("p", "v")).blockOptional(LIMIT)).isEmpty();
    }

    @Test
    void forgettingAPlaceForgetsAllItsVariantsAndNoOtherPlace() {
        store.write(key("p", "a"), bytes("1"), DAY).block(LIMIT);
        store.write(key("p", "b"), bytes("2"), DAY).block(LIMIT);
        store.write(key("q", "a"), bytes("3"), DAY).block(LIMIT);
        store.removeAll("p").block(LIMIT);
        assertThat(store.read(key("p", "a")).blockOptional(LIMIT)).isEmpty();
        assertThat(store.read(key("p", "b")).blockOptional(LIMIT)).isEmpty();
        assertThat(store.read(key("q", "a")).block(LIMIT)).isEqualTo(bytes("3"));
        store.write(key("p", "a"), bytes("4"), DAY).block(LIMIT);
        assertThat(store.read(key("p", "a")).block(LIMIT)).isEqualTo(bytes("4"));
        store.remove(key("p", "a")).block(LIMIT);
        assertThat(store.read(key("p", "a")).blockOptional(LIMIT)).isEmpty();
    }

    /** An API that counts who asks. */
    private static final class Api implements ResponseCache.Origin {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Flux<ResponsePart> kept(Flux<ResponsePart> parts) {
            return parts;
        }

        @Override
        public Flux<ResponsePart> ask(ApiRequest request, UnaryOperator<Flux<ResponsePart>> tap) {
            return Flux.defer(() -> {
                asked.incrementAndGet();
                boolean known = request.headers().first("If-None-Match").isPresent();
                return tap.apply(Flux.just(
                        new Head(known ? 304 : 200, Headers.of(Map.of("ETag", "\"1\"")), "id"),
                        new Chunk(known ? new byte[0] : bytes("body"), true)));
            });
        }
    }

    private static String read(ResponseCache cache, Api api) {
        return cache.read(ApiRequest.of(Method.GET, URI.create("https://h/a")), "me", api)
                .ofType(Chunk.class)
                .map(chunk -> new String(chunk.bytes(), StandardCharsets.UTF_8))
                .blockLast(LIMIT);
    }

    private static ResponseCache cache(CacheStore in, String now) {
        return ResponseCache.of(
                in, CachePolicy.ttl(Duration.ofMinutes(5)), Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    @Test
    void whatOneProcessHasAskedAnotherNeedNot() {
        Api api = new Api();
        RedisCacheStore other = store();
        assertThat(read(cache(store, "2026-01-01T00:00:00Z"), api)).isEqualTo("body");
        assertThat(read(cache(other, "2026-01-01T00:04:59Z"), api)).isEqualTo("body");
        assertThat(api.asked).hasValue(1);
        assertThat(read(cache(other, "2026-01-01T00:05:00Z"), api))
                .as("confirmed")
                .isEqualTo("body");
        assertThat(read(cache(store, "2026-01-01T00:09:59Z"), api)).isEqualTo("body");
        assertThat(api.asked).hasValue(2);
        other.close();
    }

    @Test
    void aServerThatIsGoneCostsTheCacheAndNoAnswer() throws IOException {
        RedisCacheStore nowhere = RedisCacheStore.at("redis://127.0.0.1:" + freePort(), Schedulers.parallel())
                .timeout(Duration.ofSeconds(2))
                .build();
        Api api = new Api();
        ResponseCache cache = cache(nowhere, "2026-01-01T00:00:00Z");
        assertThat(read(cache, api)).isEqualTo("body");
        assertThat(read(cache, api)).isEqualTo("body");
        assertThat(api.asked).hasValue(2);
        nowhere.close();
    }

    @Test
    void keysTellNothingOfUrlsAndCredentials() {
        read(cache(store, "2026-01-01T00:00:00Z"), new Api());
        assertThat(redis.keys("*"))
                .hasSize(1)
                .allMatch(name -> name.matches("penstock:cache:\\{[0-9a-f]{64}}:[0-9a-f]{64}"));
    }

    @Test
    void aPasswordInTheUrlIsRefused() {
        assertThatThrownBy(() -> RedisCacheStore.at("redis://:word@127.0.0.1:1", Schedulers.parallel()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("login")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("word@"));
        assertThat(store.toString()).doesNotContain(PASSWORD);
    }
}
