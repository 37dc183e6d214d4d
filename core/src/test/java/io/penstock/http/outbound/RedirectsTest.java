package io.penstock.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

    private static final Destinations DESTINATIONS = Destinations.of(
            Set.of(Origin.of(URI.create("https://api.example.com"))),
            Outbound.builder()
                    .allow(Origin.of(URI.create("https://files.example.com")))
                    .build());

    private final ApiRequest get = ApiRequest.of(Method.GET, URI.create("https://api.example.com/v1/a?x=1"))
            .header("Authorization", "Bearer t")
            .header("X-Api-Key", "k")
            .header("Accept", "text/csv");
    private final ApiRequest post = ApiRequest.of(Method.POST, URI.create("https://api.example.com/v1/a"))
            .header("X-Api-Key", "k")
            .body("application/json", new byte[] {'{', '}'});

    private static Optional<ApiRequest> follow(ApiRequest request, int status, String location) {
        return Redirects.follow(request, status, Headers.of(Map.of("Location", location)), 0, DESTINATIONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 300, 304, 305, 306, 400})
    void otherStatusesDoNotRedirect(int status) {
        assertThat(follow(get, status, "/b")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void atTheSameOriginTheHeadersGoAlong(int status) {
        ApiRequest next = follow(get, status, "../b?y=2#frag").orElseThrow();
        assertThat(next.url()).hasToString("https://api.example.com/b?y=2");
        assertThat(next.headers().first("Authorization")).contains("Bearer t");
        assertThat(next.method()).isEqualTo(Method.GET);
    }

    @ParameterizedTest
    @CsvSource({"301,GET,0", "302,GET,0", "303,GET,0", "307,POST,2", "308,POST,2"})
    void methodAndBodyFollowTheStatus(int status, Method method, int body) {
        ApiRequest next = follow(post, status, "/b").orElseThrow();
        assertThat(next.method()).isEqualTo(method);
        assertThat(next.body()).hasSize(body);
        assertThat(next.headers().first("X-Api-Key")).contains("k");
        assertThat(next.headers().first("Content-Type").isPresent()).isEqualTo(body > 0);
    }

    @Test
    void atAnotherOriginOnlyHarmlessHeadersGoAlong() {
        ApiRequest next = follow(get, 302, "https://files.example.com/f").orElseThrow();
        assertThat(next.headers().names()).containsExactly("Accept");
        assertThat(next.sending().derived()).isTrue();
        ApiRequest back = follow(next, 302, "https://api.example.com/v1/b").orElseThrow();
        assertThat(back.headers().names()).containsExactly("Accept");
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void aBodyStaysAtItsOrigin(int status) {
        assertThatThrownBy(() -> follow(post, status, "https://files.example.com/f"))
                .isInstanceOf(BlockedDestination.class)
                .hasMessageContaining("with a body");
        assertThat(follow(post, 303, "https://files.example.com/f")
                        .orElseThrow()
                        .body())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/v1/a",
                "https://evil.test/",
                "//evil.test/",
                "https://me:pw@api.example.com/",
                "ftp://files.example.com/f"
            })
    void placesThatAreNotAllowedAreRefused(String location) {
        assertThatThrownBy(() -> follow(get, 302, location)).isInstanceOf(BlockedDestination.class);
    }

    @Test
    void locationsAreCounted() {
        assertThatThrownBy(() -> Redirects.follow(get, 302, Headers.NONE, 0, DESTINATIONS))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("0 Location headers");
        Headers two = Headers.received(List.of(Map.entry("Location", "/a"), Map.entry("location", "/b")));
        assertThatThrownBy(() -> Redirects.follow(get, 302, two, 0, DESTINATIONS))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    void theSixthHopIsOneTooMany() {
        Headers there = Headers.of(Map.of("Location", "/b"));
        assertThat(Redirects.follow(get, 302, there, 4, DESTINATIONS)).isPresent();
        assertThatThrownBy(() -> Redirects.follow(get, 302, there, 5, DESTINATIONS))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("more than 5 times");
    }
}
