package io.penstock.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwtAssertionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static JwtAssertion.Builder assertion(JwtAlgorithm algorithm) {
        return JwtAssertion.builder(Keys.signing(algorithm).named("k1"))
                .issuer("me")
                .subject("account")
                .audience("https://auth.example.com/token");
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), StandardCharsets.UTF_8);
    }

    @Test
    void saysWhoNowAndForHowLong() {
        String token = assertion(JwtAlgorithm.ES256)
                .claims(Map.of("scope", "read"))
                .build()
                .make(NOW, new SplittableRandom(1));
        assertThat(part(token, 0)).isEqualTo("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        assertThat(part(token, 1))
                .matches(
                        "\\{\"iss\":\"me\",\"sub\":\"account\",\"aud\":\"https://auth.example.com/token\",\"scope\":\"read\","
                                + "\"iat\":1767225600,\"exp\":1767225900,\"jti\":\"[0-9a-f]{32}\"}");
    }

    @Test
    void isAnotherOneEachTime() {
        JwtAssertion assertion = assertion(JwtAlgorithm.HS256).build();
        SplittableRandom random = new SplittableRandom(1);
        assertThat(assertion.make(NOW, random)).isNotEqualTo(assertion.make(NOW, random));
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void whatIsMadeHoldsWhenChecked(JwtAlgorithm algorithm) {
        String token = assertion(algorithm).notBefore().build().make(NOW, new SplittableRandom(1));
        JwtClaims claims = JwtCheck.builder(
                        KeySource.pinned(List.of(Keys.verifying(algorithm).named("k1"))),
                        "me",
                        "https://auth.example.com/token")
                .algorithms(algorithm)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build()
                .check(token)
                .block(Duration.ofSeconds(5));
        assertThat(claims.subject()).contains("account");
        assertThat(claims.expires()).isEqualTo(NOW.plusSeconds(300));
        assertThat(claims.toString()).doesNotContain("account");
    }

    /** RFC 8037, appendix A.4: the signature is the same for everybody. */
    @Test
    void signsTheExampleOfEd25519() {
        byte[] seed = Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        byte[] info = HexFormat.of()
                .parseHex("302e020100300506032b657004220420" + HexFormat.of().formatHex(seed));
        SigningKey key = SigningKey.of(JwtAlgorithm.EDDSA, Secret.of(Keys.pem("PRIVATE KEY", info)));
        byte[] text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(text)))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Test
    void weakAndForeignKeysAreRefused() {
        Secret rsa = Keys.secret(Keys.RSA);
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.RS256, Keys.secret(Keys.WEAK_RSA)))
                .hasMessageContaining("2048");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.ES256, rsa)).hasMessageContaining("P-256");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.ES256, Keys.secret(Keys.OTHER_EC)))
                .hasMessageContaining("P-256");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.PS256, Keys.secret(Keys.EC)))
                .hasMessageContaining("RSA");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.EDDSA, rsa)).hasMessageContaining("Ed25519");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.HS256, Secret.of("x".repeat(31))))
                .hasMessageContaining("32 bytes");
        assertThat(SigningKey.of(JwtAlgorithm.HS256, Secret.of("x".repeat(32)))).hasToString("HS256 key");
    }

    @Test
    void keysThatCannotBeReadSayWhatMendsThemAndNothingElse() {
        String pkcs1 = Keys.pem("RSA PRIVATE KEY", Keys.RSA.getPrivate().getEncoded());
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.RS256, Secret.named("env:KEY", pkcs1)))
                .hasMessageContaining("env:KEY")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt")
                .hasMessageNotContaining("MII");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.RS256, Secret.of("hunter2")))
                .hasMessageContaining("no PEM text")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> SigningKey.of(
                        JwtAlgorithm.RS256,
                        Secret.of("-----BEGIN PRIVATE KEY-----\nhunter2!\n-----END PRIVATE KEY-----")))
                .hasMessageContaining("Base64")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.RS256, Secret.of(Keys.pem("PRIVATE KEY", new byte[40]))))
                .hasMessageContaining("no kind that is known");
    }

    @Test
    void aKeyMayComeWithItsLineBreaksWrittenOut() {
        String pem = Keys.pem("PRIVATE KEY", Keys.EC.getPrivate().getEncoded()).replace("\n", "\\n");
        assertThat(SigningKey.of(JwtAlgorithm.ES256, Secret.of(pem))).hasToString("ES256 key");
    }

    @Test
    void lifetimesAndClaimsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> assertion(JwtAlgorithm.HS256)
                        .lifetime(Duration.ofSeconds(3601))
                        .claims(Map.of("exp", 1))
                        .build())
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("1s to 1h")
                .hasMessageContaining("claims.exp");
        assertThat(assertion(JwtAlgorithm.HS256)
                        .lifetime(Duration.ofHours(1))
                        .build()
                        .lifetime())
                .isEqualTo(Duration.ofHours(1));
    }
}
