package io.penstock.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class JwksSourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final URI PLACE = URI.create("https://issuer.example.com/keys");

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Mono<ApiResponse> answer = Mono.empty();
    private VirtualTimeScheduler time;

    @BeforeEach
    void startTime() {
        time = VirtualTimeScheduler.create();
    }

    @AfterEach
    void endTime() {
        time.dispose();
    }

    private static JWK rsa(String kid) {
        return new RSAKey.Builder((RSAPublicKey) Keys.RSA.getPublic())
                .keyID(kid)
                .build();
    }

    private static byte[] set(Object... keys) {
        try {
            List<Object> all = Arrays.stream(keys)
                    .map(key -> key instanceof JWK jwk ? jwk.toJSONObject() : key)
                    .toList();
            return new ObjectMapper().writeValueAsBytes(Map.of("keys", all));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Mono<ApiResponse> found(byte[] body) {
        return Mono.just(new ApiResponse(200, Headers.NONE, body, "id"));
    }

    private JwksSource source() {
        return JwksSource.at(PLACE, this::send, time);
    }

    private Mono<ApiResponse> send(ApiRequest request) {
        assertThat(request.url()).isEqualTo(PLACE);
        return Mono.defer(() -> {
            fetches.incrementAndGet();
            return answer;
        });
    }

    private static Mono<VerificationKey> key(KeySource keys, String kid) {
        return keys.key(JwtAlgorithm.RS256, Optional.of(kid));
    }

    @Test
    void manyWhoWaitShareOneFetch() {
        Sinks.One<ApiResponse> late = Sinks.one();
        answer = late.asMono();
        JwksSource keys = source();
        StepVerifier.create(Flux.range(0, 100).flatMap(i -> key(keys, "a"), 100))
                .then(() -> assertThat(fetches).hasValue(1))
                .then(() -> late.tryEmitValue(found(set(rsa("a"))).block(LIMIT)))
                .expectNextCount(100)
                .expectComplete()
                .verify(LIMIT);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aSetIsTakenForTenMinutes() {
        answer = found(set(rsa("a")));
        JwksSource keys = source();
        key(keys, "a").block(LIMIT);
        time.advanceTimeBy(Duration.ofMinutes(10).minusNanos(1));
        key(keys, "a").block(LIMIT);
        assertThat(fetches).hasValue(1);
        time.advanceTimeBy(Duration.ofNanos(1));
        key(keys, "a").block(LIMIT);
        assertThat(fetches).hasValue(2);
    }

    @Test
    void anUnknownNameHasTheSetFetchedAnewOnceAMinute() {
        answer = found(set(rsa("a")));
        JwksSource keys = source();
        key(keys, "a").block(LIMIT);
        assertThat(key(keys, "b").block(LIMIT)).isNull();
        assertThat(fetches).hasValue(1);
        time.advanceTimeBy(Duration.ofMinutes(1));
        answer = found(set(rsa("a"), rsa("b")));
        assertThat(key(keys, "b").block(LIMIT)).isNotNull();
        assertThat(fetches).hasValue(2);
        for (int i = 0; i < 100; i++) {
            assertThat(key(keys, "forged" + i).block(LIMIT)).isNull();
        }
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aSetThatCannotBeFetchedLeavesTheLastOneForADay() {
        answer = found(set(rsa("a")));
        JwksSource keys = source();
        key(keys, "a").block(LIMIT);
        answer = Mono.error(new UpstreamError("down", 503, Duration.ZERO));
        time.advanceTimeBy(Duration.ofHours(23));
        assertThat(key(keys, "a").block(LIMIT)).isNotNull();
        assertThat(key(keys, "a").block(LIMIT)).isNotNull();
        assertThat(fetches).as("no storm on a server that is down").hasValue(2);
        time.advanceTimeBy(Duration.ofHours(1));
        StepVerifier.create(key(keys, "a")).expectError(UpstreamError.class).verify(LIMIT);
    }

    @Test
    void keysThatDoNotSignArePassedOver() {
        JWK encrypts = new RSAKey.Builder((RSAPublicKey) Keys.RSA.getPublic())
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        JWK weak = new RSAKey.Builder((RSAPublicKey) Keys.WEAK_RSA.getPublic()).build();
        JWK otherCurve = new ECKey.Builder(Curve.P_384, (ECPublicKey) Keys.OTHER_EC.getPublic()).build();
        assertThat(Jwks.read(set(
                        encrypts,
                        weak,
                        otherCurve,
                        Map.of("kty", "oct", "k", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"),
                        Map.of("kty", "RSA", "n", 5),
                        Map.of("kty", List.of()),
                        "no key")))
                .isEmpty();
    }

    @Test
    void everyKindOfKeyThatSignsIsKnown() {
        byte[] point = Keys.ED.getPublic().getEncoded();
        JWK edwards = new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(point, point.length - 32, point.length)))
                .keyID("ed")
                .build();
        JWK curve = new ECKey.Builder(Curve.P_256, (ECPublicKey) Keys.EC.getPublic()).build();
        List<VerificationKey> keys = Jwks.read(set(rsa("a"), curve, edwards));
        assertThat(keys)
                .extracting(VerificationKey::toString)
                .containsExactly("RS256 key a", "PS256 key a", "ES256 key", "EdDSA key ed");
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        assertThat(keys.get(3).verifies(text, Keys.signing(JwtAlgorithm.EDDSA).sign(text)))
                .isTrue();
        assertThat(keys.get(2).verifies(text, Keys.signing(JwtAlgorithm.ES256).sign(text)))
                .isTrue();
    }

    @Test
    void whatIsNoSetIsRefused() {
        for (String body : List.of("", "[]", "{}", "{\"keys\":{}}", "<html>", "{\"keys\":[],\"keys\":[]}")) {
            assertThatThrownBy(() -> Jwks.read(body.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(AuthError.class)
                    .hasMessageContaining("key set");
        }
        assertThatThrownBy(() -> Jwks.read(new byte[64 * 1024 + 1])).hasMessageContaining("64 KiB");
    }
}
