package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.message.Headers;
import io.penstock.message.HttpDates;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.retry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whatever a header says, it is a value within reason, or nothing. Budget: 15 s replayed. */
class HeadersFuzzTest {

    private static final Instant NOW = Instant.parse("2023-11-14T22:13:20Z");
    private static final List<String> NAMES = List.of(
            "RateLimit",
            "RateLimit-Policy",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "X-Rate-Limit-Reset",
            "Retry-After",
            "Date");

    @FuzzTest(maxDuration = "15s")
    void retryAfter(FuzzedDataProvider data) {
        String date = data.consumeString(40);
        String line = data.consumeRemainingAsString();
        Optional<Duration> wait =
                RetryAfter.parse(List.of(line), Optional.of(date).filter(text -> !text.isEmpty()), NOW);
        wait.ifPresent(found -> assertThat(found).isPositive());
    }

    @FuzzTest(maxDuration = "15s")
    void rateHeaders(FuzzedDataProvider data) {
        Map<String, String> fields = new LinkedHashMap<>();
        while (data.remainingBytes() > 0 && fields.size() < NAMES.size()) {
            String value = data.consumeAsciiString(60)
                    .replaceAll("[^\\x20-\\x7E]", " ")
                    .strip();
            fields.put(data.pickValue(NAMES), value);
        }
        RateHeaders.standard().read(Headers.of(fields), NOW).forEach(hint -> {
            assertThat(hint.remaining()).isNotNegative();
            assertThat(hint.reset().isNegative()).isFalse();
        });
    }

    @FuzzTest(maxDuration = "15s")
    void httpDates(FuzzedDataProvider data) {
        HttpDates.parse(data.consumeRemainingAsString(), NOW)
                .ifPresent(date -> assertThat(date)
                        .isBetween(
                                Instant.EPOCH.minus(Duration.ofDays(800_000)), Instant.parse("9999-12-31T23:59:59Z")));
    }
}
