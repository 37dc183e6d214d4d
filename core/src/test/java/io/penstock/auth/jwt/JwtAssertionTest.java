package io.penstock.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
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

    /** What each key says as a JWK. */
    static String jwk(JwtAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, PS256 ->
                new RSAKey.Builder((RSAPublicKey) Keys.RSA.getPublic())
                        .privateKey((RSAPrivateKey) Keys.RSA.getPrivate())
                        .keyID("from-jwk")
                        .build()
                        .toJSONString();
            case ES256 ->
                new ECKey.Builder(Curve.P_256, (ECPublicKey) Keys.EC.getPublic())
                        .privateKey((ECPrivateKey) Keys.EC.getPrivate())
                        .keyID("from-jwk")
                        .build()
                        .toJSONString();
            case EDDSA ->
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"alg\":\"EdDSA\",\"kid\":\"from-jwk\",\"x\":\""
                        + last32(Keys.ED.getPublic().getEncoded()) + "\",\"d\":\""
                        + last32(Keys.ED.getPrivate().getEncoded()) + "\"}";
            case HS256 ->
                "{\"kty\":\"oct\",\"kid\":\"from-jwk\",\"k\":\""
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Keys.SHARED.getBytes(StandardCharsets.UTF_8))
                        + "\"}";
        };
    }

    private static String last32(byte[] encoded) {
        byte[] end = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(end);
    }

    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void aKeyMayBeAJwkThatNamesItself(JwtAlgorithm algorithm) {
        SigningKey key = SigningKey.of(algorithm, Secret.of(jwk(algorithm)));
        assertThat(key.id()).contains("from-jwk");
        assertThat(key.named("other").id()).contains("other");
        String token =
                JwtAssertion.builder(key).issuer("me").audience("you").build().make(NOW, new SplittableRandom(1));

        JwtClaims claims = JwtCheck.builder(
                        KeySource.pinned(List.of(Keys.verifying(algorithm).named("from-jwk"))), "me", "you")
                .algorithms(algorithm)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build()
                .check(token)
                .block(Duration.ofSeconds(5));

        assertThat(claims.issuer()).isEqualTo("me");
    }

    @Test
    void aKeyMayBeTheFileOfAServiceAccount() {
        String pem = Keys.pem("PRIVATE KEY", Keys.RSA.getPrivate().getEncoded()).replace("\n", "\\n");
        SigningKey key = SigningKey.of(
                JwtAlgorithm.RS256,
                Secret.of(
                        "{\"type\":\"service_account\",\"private_key_id\":\"k7\",\"client_email\":\"robot@example.com\","
                                + "\"private_key\":\"" + pem + "\"}"));

        assertThat(key.id()).contains("k7");
        assertThat(key.account()).contains("robot@example.com");
        assertThat(key.named("k8").account()).contains("robot@example.com");
    }

    @Test
    void aJwkThatIsUnfitSaysWhyAndNothingElse() {
        String publicKey =
                new RSAKey.Builder((RSAPublicKey) Keys.RSA.getPublic()).build().toJSONString();
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.RS256, Secret.named("env:KEY", publicKey)))
                .hasMessageContaining("env:KEY")
                .hasMessageContaining("public key");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.ES256, Secret.of(jwk(JwtAlgorithm.RS256))))
                .hasMessageContaining("P-256");
        assertThatThrownBy(() -> SigningKey.of(JwtAlgorithm.HS256, Secret.of(jwk(JwtAlgorithm.EDDSA))))
                .hasMessageContaining("another algorithm");
        assertThatThrownBy(() ->
                        SigningKey.of(JwtAlgorithm.RS256, Secret.of("{\"kty\":\"RSA\",\"n\":\"hunter2\",\"d\":1}")))
                .hasMessageContaining("broken")
                .hasMessageNotContaining("hunter2");
        assertThat(SigningKey.of(JwtAlgorithm.HS256, Secret.of("{a secret of 32 bytes that looks so}")))
                .hasToString("HS256 key");
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
