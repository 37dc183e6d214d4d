package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * What the HTTP library does by itself with requests: what it lets onto the wire, where it goes, and how often. An upgrade that
 * changes it is seen here. Takes a second.
 */
class LibraryRequestsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static Throwable failure(HttpClient client, URI url) {
        return client.get().uri(url).response().materialize().block(LIMIT).getThrowable();
    }

    @Test
    void theLibraryLetsLineBreaksThroughOneDoorAndNotThroughTheOther() {
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            HttpClient client = HttpClient.create();
            assertThat(failure(client.headers(headers -> headers.set("X-A", "a\r\nX-Smuggled: b")), server.url("/")))
                    .isNull();
            assertThat(server.requests()).hasSize(1).first().asString().contains("\r\nX-Smuggled: b\r\n");
            assertThat(failure(
                            client.doOnRequest((request, connection) -> request.header("X-A", "a\r\nX-Smuggled: b")),
                            server.url("/")))
                    .hasStackTraceContaining("IllegalArgumentException");
        }
    }

    @Test
    void theLibraryCarriesKeysOfItsCallerToAnotherOrigin() {
        try (RawServer other = RawServer.answering(Answers.ok("{}"));
                RawServer server = RawServer.answering("HTTP/1.1 302 Found\r\nLocation: "
                        + other.url("/").toString().replace("127.0.0.1", "localhost")
                        + "\r\nContent-Length: 0\r\n\r\n")) {
            HttpClient client = HttpClient.create()
                    .followRedirect(true)
                    .headers(headers -> headers.set("Authorization", "Bearer one")
                            .set("Cookie", "two")
                            .set("X-Api-Key", "three"));
            assertThat(failure(client, server.url("/"))).isNull();
            assertThat(other.requests())
                    .hasSize(1)
                    .first()
                    .asString()
                    .containsIgnoringCase("X-Api-Key: three")
                    .doesNotContainIgnoringCase("Authorization")
                    .doesNotContainIgnoringCase("Cookie");
        }
    }

    @Test
    void theLibraryFollowsFiftyOneRedirects() {
        try (RawServer server = RawServer.keeping(
                Answers.utf8("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"))) {
            failure(HttpClient.create().followRedirect(true), server.url("/"));
            assertThat(server.requests()).hasSize(52);
        }
    }

    @Test
    void theLibrarySendsAgainByItselfWhatWasResetBeforeItWasWritten() {
        AtomicInteger tries = new AtomicInteger();
        try (RawServer server = RawServer.start(RawServer.Talk::awaitHangUp)) {
            HttpClient client = HttpClient.create();
            for (HttpClient one : List.of(client, client.disableRetry(true))) {
                assertThatThrownBy(() -> one.post()
                                .uri(server.url("/"))
                                .send((request, out) -> Mono.error(() -> {
                                    tries.incrementAndGet();
                                    return new IOException("Connection reset by peer");
                                }))
                                .response()
                                .block(LIMIT))
                        .hasMessageContaining("reset");
            }
        }
        assertThat(tries).as("two, and with what this transport sets one").hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"})
    void theLibraryShowsEveryAddressBeforeItConnectsLiteralsToo(String host) {
        List<InetSocketAddress> seen = new CopyOnWriteArrayList<>();
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            HttpClient client = HttpClient.create().resolvedAddressesSelector((config, addresses) -> {
                addresses.forEach(address -> seen.add((InetSocketAddress) address));
                throw new IllegalStateException("judged");
            });
            assertThat(failure(client, URI.create("http://" + host + ":" + server.port() + "/")))
                    .hasStackTraceContaining("judged");
            assertThat(seen).isNotEmpty().noneMatch(InetSocketAddress::isUnresolved);
            assertThat(server.connections()).isZero();
        }
    }
}
