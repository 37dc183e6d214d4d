package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtCheck;
import io.penstock.auth.jwt.KeySource;
import io.penstock.auth.jwt.VerificationKey;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whatever a token says that is signed by the right key holds, or is refused by its type. Budget: 15 s replayed. */
class JwtClaimsFuzzTest {

    private static final String KEY = "a shared secret of 32 bytes or so";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JwtCheck CHECK = JwtCheck.builder(
                    KeySource.pinned(List.of(VerificationKey.shared(Secret.of(KEY)))), "them", "us")
            .algorithms(JwtAlgorithm.HS256)
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();

    private static Optional<Throwable> refusal(String token) {
        return Optional.ofNullable(CHECK.check(token).materialize().block(LIMIT).getThrowable());
    }

    /** Signed by the right key: so every byte of the claims is reached. */
    @FuzzTest(maxDuration = "15s")
    void signedBytesHoldOrAreRefused(FuzzedDataProvider data) throws Exception {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] header =
                data.consumeBoolean() ? "{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8) : data.consumeBytes(200);
        String text = base64.encodeToString(header) + "." + base64.encodeToString(data.consumeRemainingAsBytes());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String token = text + "." + base64.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        refusal(token).ifPresent(refusal -> assertThat(refusal).isInstanceOf(AuthError.class));
    }
}
