package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.auth.jwt.JwksSource;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Whatever comes as a key set, it is refused by its type, or it has keys. Budget: 15 s replayed. */
class KeySetFuzzTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @FuzzTest(maxDuration = "15s")
    void keySets(FuzzedDataProvider data) {
        byte[] body = data.consumeRemainingAsBytes();
        JwksSource keys = JwksSource.at(
                URI.create("https://issuer.example.com/keys"),
                request -> Mono.just(new ApiResponse(200, Headers.NONE, body, "id")),
                Schedulers.parallel());
        Throwable failure = keys.key(JwtAlgorithm.RS256, Optional.empty())
                .materialize()
                .block(LIMIT)
                .getThrowable();
        assertThat(failure == null || failure instanceof AuthError).isTrue();
    }
}
