package io.penstock.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row X10: forged and confused tokens (RFC 8725), each with what refuses it; none shows anything of the token. */
class JwtCheckTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long SECONDS = NOW.getEpochSecond();
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";
    private static final String CLAIMS =
            "{\"iss\":\"them\",\"aud\":\"us\",\"sub\":\"c4nary\",\"exp\":" + (SECONDS + 300) + "}";
    private static final VerificationKey RSA_KEY =
            Keys.verifying(JwtAlgorithm.RS256).named("k1");

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(SigningKey key, String header, String claims) {
        String text = base64(header) + "." + base64(claims);
        return text + "." + base64(key.sign(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String token(String header, String claims) {
        return signed(Keys.signing(JwtAlgorithm.RS256), header, claims);
    }

    private static JwtCheck check(VerificationKey key, JwtAlgorithm... allowed) {
        return JwtCheck.builder(KeySource.pinned(List.of(key)), "them", "us")
                .algorithms(allowed)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    private static Throwable refusal(JwtCheck check, String token) {
        return check.check(token).materialize().block(Duration.ofSeconds(5)).getThrowable();
    }

    private static Arguments row(String what, String token, String why) {
        return Arguments.of(what, token, why);
    }

    static Stream<Arguments> forged() {
        String good = token(HEADER, CLAIMS);
        String[] parts = good.split("\\.");
        String publicPem = Keys.pem("PUBLIC KEY", Keys.RSA.getPublic().getEncoded());
        SigningKey confused = SigningKey.of(JwtAlgorithm.HS256, Secret.of(publicPem));
        SigningKey attacker = SigningKey.of(JwtAlgorithm.RS256, Keys.secret(Keys.OTHER_RSA));
        String none = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        return Stream.of(
                row("alg none", none, "three parts"),
                row("alg none with a signature", none + parts[2], "algorithm is none of"),
                row("alg None", base64("{\"alg\":\"None\"}") + "." + parts[1] + "." + parts[2], "algorithm is none"),
                row("alg in lower case", token("{\"alg\":\"rs256\"}", CLAIMS), "algorithm is none of"),
                row("alg missing", token("{\"kid\":\"k1\"}", CLAIMS), "algorithm is none of"),
                row("alg a number", token("{\"alg\":256}", CLAIMS), "alg is no text"),
                row("alg a list", token("{\"alg\":[\"RS256\"]}", CLAIMS), "alg is no text"),
                row("alg RS384", token("{\"alg\":\"RS384\"}", CLAIMS), "algorithm is none of"),
                row("HS256 keyed with the public key", signed(confused, "{\"alg\":\"HS256\"}", CLAIMS), "is none of"),
                row(
                        "PS256 with the key of RS256",
                        signed(Keys.signing(JwtAlgorithm.PS256), "{\"alg\":\"PS256\"}", CLAIMS),
                        "is none of"),
                row("key of an attacker", signed(attacker, HEADER, CLAIMS), "signature"),
                row(
                        "key in jwk",
                        signed(attacker, "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\"}}", CLAIMS),
                        "signature"),
                row(
                        "key at jku",
                        signed(attacker, "{\"alg\":\"RS256\",\"jku\":\"https://evil/k\"}", CLAIMS),
                        "signature"),
                row(
                        "key at x5u",
                        signed(attacker, "{\"alg\":\"RS256\",\"x5u\":\"https://evil/k\"}", CLAIMS),
                        "signature"),
                row("key in x5c", signed(attacker, "{\"alg\":\"RS256\",\"x5c\":[\"MII\"]}", CLAIMS), "signature"),
                row("kid of another", token("{\"alg\":\"RS256\",\"kid\":\"k2\"}", CLAIMS), "no key"),
                row("kid a path", token("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}", CLAIMS), "no key"),
                row("kid with a quote", token("{\"alg\":\"RS256\",\"kid\":\"k1' OR '1'='1\"}", CLAIMS), "no key"),
                row("kid a number", token("{\"alg\":\"RS256\",\"kid\":1}", CLAIMS), "kid is no text"),
                row(
                        "kid huge",
                        token("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(257) + "\"}", CLAIMS),
                        "kid is longer"),
                row("crit", token("{\"alg\":\"RS256\",\"crit\":[\"exp\"]}", CLAIMS), "crit"),
                row("crit empty", token("{\"alg\":\"RS256\",\"crit\":[]}", CLAIMS), "crit"),
                row("b64 false", token("{\"alg\":\"RS256\",\"b64\":false}", CLAIMS), "crit"),
                row("zip", token("{\"alg\":\"RS256\",\"zip\":\"DEF\"}", CLAIMS), "encrypted, packed or nested"),
                row("nested", token("{\"alg\":\"RS256\",\"cty\":\"JWT\"}", CLAIMS), "encrypted, packed or nested"),
                row("five parts", good + ".a.b", "three parts"),
                row("two parts", parts[0] + "." + parts[1], "three parts"),
                row("no signature", parts[0] + "." + parts[1] + ".", "three parts"),
                row("no payload", parts[0] + ".." + parts[2], "three parts"),
                row("empty", "", "three parts"),
                row("dots", "..", "three parts"),
                row("padding", parts[0] + "=." + parts[1] + "." + parts[2], "Base64url"),
                row("padded signature", good + "==", "Base64url"),
                row("space inside", parts[0] + "." + parts[1] + " ." + parts[2], "Base64url"),
                row("line break at the end", good + "\n", "Base64url"),
                row("the other alphabet", parts[0] + "." + parts[1] + "+/." + parts[2], "Base64url"),
                row("bits left over", parts[0] + ".e31." + parts[2], "Base64url"),
                row("letter beyond ASCII", "\u00e9" + good, "Base64url"),
                row("huge", good + "A".repeat(16 * 1024), "16 KiB"),
                row("alg twice", token("{\"alg\":\"none\",\"alg\":\"RS256\"}", CLAIMS), "each name once"),
                row("escaped alg twice", token("{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}", CLAIMS), "each name once"),
                row("exp twice", token(HEADER, CLAIMS.replace("}", ",\"exp\":9999999999}")), "each name once"),
                row("header a list", token("[\"RS256\"]", CLAIMS), "header is no JSON object"),
                row("header null", token("null", CLAIMS), "header is no JSON object"),
                row("two documents", token(HEADER + "{}", CLAIMS), "header is no JSON object"),
                row(
                        "deep header",
                        token("{\"alg\":\"RS256\",\"a\":" + "[".repeat(99) + "]".repeat(99) + "}", CLAIMS),
                        "header is no JSON object"),
                row("payload no JSON", token(HEADER, "c4nary"), "payload is no JSON object"),
                row("payload of half a character", token(HEADER, CLAIMS.replace("c4nary", "\\ud800")), ""),
                row(
                        "payload changed",
                        parts[0] + "." + base64(CLAIMS.replace("them", "they")) + "." + parts[2],
                        "signature"),
                row("signature of zeros", parts[0] + "." + parts[1] + "." + base64(new byte[256]), "signature"),
                row("signature too short", parts[0] + "." + parts[1] + ".AA", "signature"),
                row("typ of an access token", token("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", CLAIMS), "typ"),
                row("typ a number", token("{\"alg\":\"RS256\",\"typ\":1}", CLAIMS), "typ is no text"),
                row("exp missing", token(HEADER, "{\"iss\":\"them\",\"aud\":\"us\"}"), "exp is missing"),
                row("exp a text", token(HEADER, claims("exp", "\"" + (SECONDS + 300) + "\"")), "exp is no date"),
                row("exp null", token(HEADER, claims("exp", "null")), "exp is no date"),
                row("exp negative", token(HEADER, claims("exp", "-1")), "exp is no date"),
                row("exp huge", token(HEADER, claims("exp", "1e25")), "exp is no date"),
                row("exp of many digits", token(HEADER, claims("exp", "9".repeat(40))), "payload is no JSON"),
                row("expired a minute ago", token(HEADER, claims("exp", "" + (SECONDS - 60))), "has expired"),
                row("nbf later than a minute", token(HEADER, claims("nbf", "" + (SECONDS + 61))), "nbf"),
                row("iat in the future", token(HEADER, claims("iat", "" + (SECONDS + 61))), "iat"),
                row("iss missing", token(HEADER, CLAIMS.replace("\"iss\":\"them\",", "")), "issuer"),
                row("iss with a slash", token(HEADER, CLAIMS.replace("them", "them/")), "issuer"),
                row("iss a list", token(HEADER, CLAIMS.replace("\"them\"", "[\"them\"]")), "issuer"),
                row("aud missing", token(HEADER, CLAIMS.replace("\"aud\":\"us\",", "")), "somebody else"),
                row("aud of others", token(HEADER, CLAIMS.replace("\"us\"", "[\"you\",\"usa\"]")), "somebody else"),
                row("aud a part", token(HEADER, CLAIMS.replace("\"us\"", "\"u\"")), "somebody else"));
    }

    private static String claims(String name, String value) {
        Map<String, String> all =
                new LinkedHashMap<>(Map.of("iss", "\"them\"", "aud", "\"us\"", "exp", Long.toString(SECONDS + 300)));
        all.put(name, value);
        return "{"
                + String.join(
                        ",",
                        all.entrySet().stream()
                                .map(claim -> "\"" + claim.getKey() + "\":" + claim.getValue())
                                .toList())
                + "}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void whatIsForgedOrConfusedIsRefused(String what, String token, String why) {
        Throwable refusal = refusal(check(RSA_KEY, JwtAlgorithm.RS256), token);
        if (why.isEmpty()) {
            assertThat(refusal).isNull(); // an escape of half a character harms nobody here
            return;
        }
        assertThat(refusal)
                .isInstanceOf(AuthError.class)
                .hasMessageStartingWith("a JWT is refused: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("c4nary");
        if (token.length() > 20) {
            assertThat(refusal.getMessage()).doesNotContain(token.substring(0, 20));
        }
    }

    @Test
    void whatIsGoodPasses() {
        JwtCheck check = check(RSA_KEY, JwtAlgorithm.RS256);
        for (String token : List.of(
                token(HEADER, CLAIMS),
                token("{\"alg\":\"RS256\"}", CLAIMS),
                token("{\"alg\":\"RS256\",\"typ\":\"jwt\",\"x5t\":\"abc\"}", CLAIMS),
                token("{\"alg\":\"RS256\",\"typ\":\"application/JWT\"}", CLAIMS),
                token(HEADER, CLAIMS.replace("\"us\"", "[\"you\",\"us\"]")),
                token(HEADER, claims("exp", "" + (SECONDS - 59))),
                token(HEADER, claims("exp", (SECONDS + 1) + ".5")),
                token(HEADER, claims("nbf", "" + (SECONDS + 60))))) {
            assertThat(check.check(token).block(Duration.ofSeconds(5)).issuer()).isEqualTo("them");
        }
    }

    @Test
    void anAlgorithmGoesWithItsOwnKeyEvenIfBothAreAllowed() {
        JwtCheck both = check(RSA_KEY, JwtAlgorithm.RS256, JwtAlgorithm.HS256, JwtAlgorithm.PS256);
        String publicPem = Keys.pem("PUBLIC KEY", Keys.RSA.getPublic().getEncoded());
        String confused =
                signed(SigningKey.of(JwtAlgorithm.HS256, Secret.of(publicPem)), "{\"alg\":\"HS256\"}", CLAIMS);
        assertThat(refusal(both, confused)).hasMessageContaining("no key that is trusted");
        String padded = signed(Keys.signing(JwtAlgorithm.PS256), "{\"alg\":\"PS256\"}", CLAIMS);
        assertThat(refusal(both, padded)).hasMessageContaining("no key that is trusted");
    }

    @Test
    void aSignatureOfZerosIsNoneOfAnEllipticCurve() {
        String text = base64("{\"alg\":\"ES256\"}") + "." + base64(CLAIMS);
        JwtCheck check = check(Keys.verifying(JwtAlgorithm.ES256), JwtAlgorithm.ES256);
        assertThat(refusal(check, text + "." + base64(new byte[64]))).hasMessageContaining("signature");
        String der = text + "." + base64(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1});
        assertThat(refusal(check, der)).hasMessageContaining("signature");
    }

    @Test
    void aTokenThatLeavesOpenWhichKeyIsRefused() {
        VerificationKey other = VerificationKey.of(JwtAlgorithm.RS256, Keys.OTHER_RSA.getPublic())
                .named("k2");
        JwtCheck check = JwtCheck.builder(KeySource.pinned(List.of(RSA_KEY, other)), "them", "us")
                .algorithms(JwtAlgorithm.RS256)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
        assertThat(refusal(check, token("{\"alg\":\"RS256\"}", CLAIMS))).hasMessageContaining("no key");
        assertThat(refusal(check, token(HEADER, CLAIMS))).isNull();
    }

    @Test
    void aTypeThatIsDemandedMustBeThere() {
        JwtCheck check = JwtCheck.builder(KeySource.pinned(List.of(RSA_KEY)), "them", "us")
                .algorithms(JwtAlgorithm.RS256)
                .type("at+jwt")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
        assertThat(refusal(check, token(HEADER, CLAIMS))).hasMessageContaining("typ");
        assertThat(refusal(check, token("{\"alg\":\"RS256\",\"typ\":\"application/AT+jwt\"}", CLAIMS)))
                .isNull();
    }

    /** RFC 7515, appendix A.3. */
    @Test
    void theExampleOfTheStandardVerifies() throws Exception {
        Map<String, Object> key = Map.of(
                "kty", "EC",
                "crv", "P-256",
                "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        List<VerificationKey> keys = Jwks.read(new ObjectMapper().writeValueAsBytes(Map.of("keys", List.of(key))));
        Jws jws =
                Jws.parse("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm"
                        + "NvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-"
                        + "Kg6NU1Q");
        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).verifies(jws.parts().signed(), jws.parts().signature()))
                .isTrue();
    }

    @Test
    void whatIsMissingInACheckIsNamedAllAtOnce() {
        assertThatThrownBy(() -> JwtCheck.builder(KeySource.pinned(List.of()), "", "")
                        .skew(Duration.ofSeconds(61))
                        .build())
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("algorithms")
                .hasMessageContaining("clock")
                .hasMessageContaining("issuer")
                .hasMessageContaining("audience")
                .hasMessageContaining("0s to 60s");
    }
}
