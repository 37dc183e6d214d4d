package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.message.Headers;
import io.penstock.rate.hint.RateHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whatever the headers say: hints within reason, or none. */
class RateHeadersFuzzTest {

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
}
