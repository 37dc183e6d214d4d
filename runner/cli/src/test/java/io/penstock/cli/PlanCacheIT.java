package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** What a plan says under {@code cache}, against a real Redis among others. Time budget: 40 s. */
class PlanCacheIT {

    private static final String STREAM = "{ path: /things, records: /items, key: id, "
            + "paging: { page: { total_pages: /total_pages } }, schema: { properties: { id: { type: integer } } } }";
    private static final String PASSWORD = "r3dis-canary";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void inAnEmptyFolder() {
        terminal = new Terminal(folder);
    }

    private Terminal.Result run(PagedApi api, String cache) {
        terminal.write("plan.yaml", """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      streams:
                        things: %s
                        again: %s
                    cache: %s
                    sink: { connector: jsonl, path: out }
                """.formatted(api.base(), STREAM, STREAM, cache));
        return terminal.run("run", "plan.yaml", "--full-refresh", "--json");
    }

    @Test
    void inMemoryAPageIsNotAskedForTwiceInOneRun() {
        try (PagedApi api = PagedApi.of(3)) {
            Terminal.Result result = run(api, "{ ttl: 5m }");

            assertThat(result.code()).isZero();
            assertThat(result.err()).contains("Cache of shop: ", " 3 misses");
            assertThat(result.out()).contains("\"cache\":{\"hits\":");
            assertThat(api.asked()).isEqualTo(3);
        }
    }

    @Test
    void inRedisItOutlivesTheRunAndIsAskedToConfirm() throws IOException {
        int port = SmallServer.freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .setting("maxmemory 64mb")
                .build();
        server.start();
        try (PagedApi api = PagedApi.of(3)) {
            terminal.with("REDIS_PASSWORD", PASSWORD);
            String redis = "{ store: redis, url: \"redis://127.0.0.1:" + port
                    + "\", password: \"${env:REDIS_PASSWORD}\", timeout: 5s, ttl: %s }";
            Terminal.Result first = run(api, redis.formatted("5m"));
            int asked = api.asked();
            Terminal.Result second = run(api, redis.formatted("5m"));
            assertThat(api.asked()).isEqualTo(asked);
            Terminal.Result third = run(api, redis.formatted("0s"));

            assertThat(first.code()).isZero();
            assertThat(second.code()).isZero();
            assertThat(second.err()).contains(" 0 misses");
            assertThat(second.out()).contains("\"committed\":3");
            assertThat(third.code()).isZero();
            assertThat(api.answered(304)).isGreaterThanOrEqualTo(3);
            assertThat(third.out()).contains("\"misses\":0").contains("\"committed\":3");
            assertThat(first.out() + first.err() + second.err() + third.err()).doesNotContain(PASSWORD);
        } finally {
            server.stop();
        }
    }

    @Test
    void aRedisThatIsDownCostsTheCacheAndNotTheRun() {
        try (PagedApi api = PagedApi.of(3)) {
            Terminal.Result result =
                    run(api, "{ store: redis, url: \"redis://127.0.0.1:" + SmallServer.freePort() + "\", ttl: 5m }");

            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("\"committed\":3");
            assertThat(result.err()).contains("Cache of shop: 0 hits");
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        try (PagedApi api = PagedApi.of(1)) {
            assertThat(run(api, "{ store: rediss, ttl: 5m }").out())
                    .contains("cache.store: no cache is called rediss: did you mean redis?");
            assertThat(run(api, "{ store: redis, url: \"redis://u:p@host\" }").out())
                    .contains("cache.ttl: is missing", "cache.url: a URL must not hold a password");
            assertThat(run(api, "{ store: redis, url: \"redis://host\", password: open, ttl: 1m }")
                            .code())
                    .isEqualTo(78);
        }
    }
}
