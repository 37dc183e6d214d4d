package io.penstock.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Head;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The examples of RFC 7616, section 3.9, and of RFC 2617, section 3.5. */
class DigestAuthTest {

    private static final String REALM = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", ";
    private static final String NONCE = "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
            + "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ApiRequest REQUEST =
            ApiRequest.of(Method.GET, URI.create("http://www.example.org/dir/index.html"));

    private static String answer(String... challenges) {
        return DigestNonce.offered(List.of(challenges))
                .orElseThrow()
                .answer(REQUEST, new DigestNonce.Login("Mufasa", "Circle of Life"), CNONCE);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void answersTheExamplesOfTheStandard(String algorithm, String response) {
        assertThat(answer(REALM + "algorithm=" + algorithm + ", " + NONCE))
                .isEqualTo(
                        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm="
                                + algorithm
                                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, qop=auth, "
                                + "cnonce=\"" + CNONCE + "\", response=\"" + response
                                + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    @Test
    void answersTheExampleOfTheOldStandard() {
        String challenge = "Digest realm=\"testrealm@host.com\",qop=\"auth,auth-int\","
                + "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        String said = DigestNonce.offered(List.of(challenge))
                .orElseThrow()
                .answer(REQUEST, new DigestNonce.Login("Mufasa", "Circle Of Life"), "0a4f113b");
        assertThat(said)
                .contains("response=\"6629fae49393a05397450978507c4ef1\"")
                .doesNotContain("algorithm");
    }

    @Test
    void takesTheBestThatIsOffered() {
        String md5 = REALM + "algorithm=MD5, " + NONCE;
        String sha = REALM + "algorithm=SHA-256, " + NONCE;
        assertThat(answer(md5, sha)).contains("algorithm=SHA-256");
        assertThat(answer("Basic realm=\"x\", " + sha + ", " + md5)).contains("algorithm=SHA-256");
        assertThat(answer("Negotiate abc==", "Bearer", md5)).contains("algorithm=MD5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Digest",
                "Digest realm=\"r\"",
                "Digest nonce=\"n\", algorithm=CRC32",
                "Digest nonce=\"n\", qop=\"auth-int\"",
                "Basic realm=\"Digest nonce=\\\"n\\\"\"",
                "=,=,\"\"\"",
                "Digest nonce=\"n\\"
            })
    void whatCannotBeAnsweredIsNot(String line) {
        boolean odd = line.endsWith("\\");
        assertThat(DigestNonce.offered(List.of(line)).isPresent()).isEqualTo(odd);
    }

    @Test
    void namesBeyondAsciiAreSentEncoded() {
        String said = DigestNonce.offered(List.of(REALM + NONCE))
                .orElseThrow()
                .answer(REQUEST, new DigestNonce.Login("Jäsøn", "x"), CNONCE);
        assertThat(said).startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n, realm=");
    }

    @Test
    void aPasswordThatWasRotatedIsReadOnceForAllRequestsThatWereUnderWay() {
        AtomicInteger reads = new AtomicInteger();
        Secret password = Secret.renewed(
                "vault:shop#password",
                "old-secret",
                Mono.fromSupplier(() -> reads.incrementAndGet() > 0 ? "new-secret" : ""),
                VirtualTimeScheduler.create());
        Authenticator digest = Auth.digest("Jäsøn", password, new SplittableRandom(1));
        Head refusal = new Head(401, Headers.of(Map.of("WWW-Authenticate", REALM + NONCE)), "");
        assertThat(digest.refused(REQUEST, refusal).block(LIMIT)).isTrue();
        ApiRequest one = digest.authorise(REQUEST).block(LIMIT);
        ApiRequest other = digest.authorise(REQUEST).block(LIMIT);

        assertThat(digest.refused(one, refusal).block(LIMIT)).isTrue();
        assertThat(digest.refused(other, refusal).block(LIMIT)).isTrue();
        ApiRequest renewed = digest.authorise(REQUEST).block(LIMIT);
        assertThat(digest.refused(renewed, refusal).block(LIMIT)).isFalse();
        assertThat(reads).hasValue(1);
    }

    @Test
    void nothingShowsThePassword() {
        Authenticator digest = Auth.digest("ann", Secret.of("hunter2"), new SplittableRandom(1));
        assertThat(digest + digest.identity() + digest.scheme()).doesNotContain("hunter2");
        assertThatThrownBy(() -> Auth.digest("a:b", Secret.of("x"), new SplittableRandom(1)))
                .hasMessageContaining("colon");
    }
}
