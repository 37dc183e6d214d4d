package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.message.HttpDates;
import java.time.Duration;
import java.time.Instant;

/** Whatever stands there: a date within reason, or none. */
class HttpDatesFuzzTest {

    private static final Instant NOW = Instant.parse("2023-11-14T22:13:20Z");

    @FuzzTest(maxDuration = "15s")
    void httpDates(FuzzedDataProvider data) {
        HttpDates.parse(data.consumeRemainingAsString(), NOW)
                .ifPresent(date -> assertThat(date)
                        .isBetween(
                                Instant.EPOCH.minus(Duration.ofDays(800_000)), Instant.parse("9999-12-31T23:59:59Z")));
    }
}
