package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.retry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever the header says: a wait, or nothing. */
class RetryAfterFuzzTest {

    private static final Instant NOW = Instant.parse("2023-11-14T22:13:20Z");

    @FuzzTest(maxDuration = "15s")
    void retryAfter(FuzzedDataProvider data) {
        String date = data.consumeString(40);
        String line = data.consumeRemainingAsString();
        Optional<Duration> wait =
                RetryAfter.parse(List.of(line), Optional.of(date).filter(text -> !text.isEmpty()), NOW);
        wait.ifPresent(found -> assertThat(found).isPositive());
    }
}
