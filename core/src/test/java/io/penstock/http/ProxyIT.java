package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.http.outbound.Destinations;
import io.penstock.http.outbound.Outbound;
import io.penstock.http.outbound.ProxyServer;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Chunk;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** N11. Time budget: 10 s. */
class ProxyIT {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ApiRequest GET = ApiRequest.of(Method.GET, URI.create("http://api.test/x"));

    private static HttpTransport transport;

    @BeforeAll
    static void open() {
        transport = HttpTransport.builder().names(new HostTable()).build(); // no name is known here: the proxy resolves
    }

    @AfterAll
    static void close() {
        transport.close();
    }

    private static Transport through(RawServer proxy) {
        ProxyServer server = ProxyServer.at("http://127.0.0.1:" + proxy.port()).login("me", Secret.of("pr0xy-word"));
        return transport.with(Outbound.builder().proxy(server).build());
    }

    private static RawServer refusing(int status) {
        return RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
        });
    }

    private static Throwable failure(Transport through, ApiRequest request) {
        return through.send(request).then().materialize().block(LIMIT).getThrowable();
    }

    /** Opens the tunnel and is the server at its end. */
    private static void tunnel(RawServer.Talk talk) throws IOException {
        talk.request();
        talk.send("HTTP/1.1 200 Connection established\r\n\r\n");
        talk.request();
        talk.send(Answers.ok("{\"a\":1}"));
    }

    @Test
    void requestsGoThroughATunnelThatTheProxyOpens() {
        try (RawServer proxy = RawServer.start(ProxyIT::tunnel)) {
            String body = through(proxy)
                    .send(GET.header("Authorization", "Bearer s3cret"))
                    .ofType(Chunk.class)
                    .map(chunk -> new String(chunk.bytes(), StandardCharsets.UTF_8))
                    .blockLast(LIMIT);
            assertThat(body).isEqualTo("{\"a\":1}");
            String login = Base64.getEncoder().encodeToString("me:pr0xy-word".getBytes(StandardCharsets.UTF_8));
            assertThat(proxy.requests().get(0))
                    .startsWith("CONNECT api.test:80 HTTP/1.1\r\n")
                    .containsIgnoringCase("proxy-authorization: Basic " + login)
                    .doesNotContain("s3cret");
            assertThat(proxy.requests().get(1))
                    .startsWith("GET /x HTTP/1.1\r\n")
                    .doesNotContain(login)
                    .contains("s3cret");
        }
    }

    @Test
    void aProxyThatWantsAnotherLoginIsARefusedCredential() {
        try (RawServer proxy = refusing(407)) {
            assertThat(failure(through(proxy), GET))
                    .isInstanceOf(AuthError.class)
                    .hasMessageContaining("proxy")
                    .hasMessageContaining("407")
                    .satisfies(error -> assertThat(error.toString()).doesNotContain("pr0xy-word"));
        }
    }

    @Test
    void aProxyThatForbidsTheServerSaysSo() {
        try (RawServer proxy = refusing(403)) {
            assertThat(failure(through(proxy), GET))
                    .isInstanceOf(AuthError.class)
                    .hasMessageContaining("no tunnel to http://api.test");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aProxyInTroubleIsTriedAgainWhateverTheMethod(int status) {
        try (RawServer proxy = refusing(status)) {
            ApiRequest post = ApiRequest.of(Method.POST, URI.create("http://api.test/x"));
            assertThat(failure(through(proxy), post))
                    .isInstanceOfSatisfying(
                            NetworkError.class,
                            error -> assertThat(error.step()).isEqualTo(Step.CONNECT))
                    .hasMessageContaining("the proxy answered with " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.5/x", "https://localhost/x", "https://[fd00::1]/x"})
    void addressesAreJudgedAsTheyAreWrittenThoughTheProxyResolves(String url) {
        ApiRequest link = ApiRequest.of(Method.GET, URI.create(url)).derived();
        Destinations destinations = Destinations.of(
                Set.of(),
                Outbound.builder()
                        .allow(link.origin())
                        .proxy(ProxyServer.at("http://127.0.0.1:3128"))
                        .build());
        assertThat(catchThrowable(() -> destinations.judge(link))).isInstanceOf(BlockedDestination.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy:3128",
                "http://proxy",
                "http://me:pw@proxy:3128",
                "http://proxy:3128/path",
                "http://proxy:3128/?q",
                "socks5://proxy:1080",
                "proxy:3128"
            })
    void whatIsNoProxyIsRefused(String url) {
        assertThat(catchThrowable(() -> ProxyServer.at(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("pw"));
    }
}
