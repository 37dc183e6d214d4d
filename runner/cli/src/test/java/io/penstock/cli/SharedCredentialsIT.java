package io.penstock.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** What a plan says under {@code credentials}, against a real Redis. Time budget: 30 s. */
class SharedCredentialsIT {

    private static final String PASSWORD = "r3dis-canary";
    private static final String KEY = Base64.getEncoder()
            .encodeToString(
                    "a key of thirty-two bytes, no more".substring(0, 32).getBytes());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final WireMockServer api = new WireMockServer(options().dynamicPort());
    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void start() {
        api.start();
        terminal = new Terminal(folder)
                .with("FIRST", "refresh-canary")
                .with("REDIS_PASSWORD", PASSWORD)
                .with("CREDENTIALS_KEY", KEY)
                .with("PENSTOCK_CREDENTIALS", folder.resolve("nothing-here").toString());
        api.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(okJson("{\"access_token\":\"granted\",\"token_type\":\"bearer\",\"expires_in\":3600,"
                        + "\"refresh_token\":\"next-canary\"}")));
        api.stubFor(get(urlPathEqualTo("/things"))
                .withHeader("Authorization", equalTo("Bearer granted"))
                .willReturn(okJson("[{\"id\":1}]")));
    }

    @AfterEach
    void stop() {
        api.stop();
    }

    private Terminal.Result check(String credentials) {
        terminal.write("plan.yaml", """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      auth: { oauth2: { grant: refresh_token, client_id: a, token_url: "%s/token", refresh_token: "${env:FIRST}" } }
                      streams: { things: { path: /things, records: '', key: id, paging: none } }
                    sink: { connector: jsonl, path: out }
                credentials: %s
                """.formatted(api.baseUrl(), api.baseUrl(), credentials));
        return terminal.run("check", "plan.yaml", "--json");
    }

    @Test
    void whatReplacesARefreshTokenIsSharedInRedis() throws IOException {
        int port = SmallServer.freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .build();
        server.start();
        try {
            String redis = "{ store: redis, url: \"redis://127.0.0.1:" + port
                    + "\", password: \"${env:REDIS_PASSWORD}\", key: \"${env:CREDENTIALS_KEY}\" }";
            Terminal.Result first = check(redis);
            Terminal.Result second = check(redis);

            assertThat(first.code()).as(first.out() + first.err()).isZero();
            assertThat(second.code()).as(second.out() + second.err()).isZero();
            api.verify(1, postRequestedFor(urlPathEqualTo("/token")));
            assertThat(folder.resolve("nothing-here")).doesNotExist();
            assertThat(first.out() + first.err() + second.out() + second.err())
                    .doesNotContain(PASSWORD, KEY, "refresh-canary", "next-canary");

            terminal.with("CREDENTIALS_KEY", Base64.getEncoder().encodeToString(new byte[32]));
            Terminal.Result other = check(redis);
            assertThat(other.code()).isEqualTo(73);
            assertThat(other.out()).contains("another key");
        } finally {
            server.stop();
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(check("{ store: reds, key: \"${env:CREDENTIALS_KEY}\" }").out())
                .contains("credentials.store: no credential store is called reds: did you mean redis?");
        assertThat(check("{ key: \"${env:CREDENTIALS_KEY}\" }").out())
                .contains("credentials.store: is missing: one of postgres, redis");
        Terminal.Result literal = check("{ store: postgres, url: \"postgresql://h/d\", key: \"" + KEY + "\" }");
        assertThat(literal.code()).isEqualTo(78);
        assertThat(literal.out())
                .contains("credentials.user: is missing", "credentials.key")
                .doesNotContain(KEY);
        assertThat(check("{ store: postgres, url: \"https://h/d\", user: u, key: \"${env:CREDENTIALS_KEY}\" }")
                        .out())
                .contains("expected a URL such as postgresql://");
    }

    @Test
    void whatIsInstalledIsListed() {
        assertThat(terminal.run("connectors").out().lines())
                .anyMatch(line -> line.matches("postgres +credentials +.*"))
                .anyMatch(line -> line.matches("redis +credentials +.*"));
        assertThat(terminal.run("connectors", "postgres").out())
                .contains("url (required)", "verifies the server's name");
    }
}
