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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Whatever comes as a token is refused by its type. Budget: 15 s replayed. */
class JwtFuzzTest {

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

    @FuzzTest(maxDuration = "15s")
    void anyTextIsRefused(FuzzedDataProvider data) {
        assertThat(refusal(data.consumeRemainingAsString())).get().isInstanceOf(AuthError.class);
    }
}
