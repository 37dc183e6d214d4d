package io.penstock.rate.hint;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.Headers;
import io.penstock.rate.hint.RateHeaders.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header families of the APIs that people read most. Under 2 s. */
class VendorsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    /** Fields as {@code name=value; name=value}. */
    private static List<Hint> read(RateHeaders known, String fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String field : fields.split("; ")) {
            headers.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
        }
        return known.read(Headers.of(headers), NOW);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GitHub      | x-ratelimit-limit=5000; x-ratelimit-remaining=4999; x-ratelimit-used=1; x-ratelimit-reset=1700000060; x-ratelimit-resource=core | 4999 | 60000 | 5000",
                "GitLab      | RateLimit-Limit=60; RateLimit-Observed=13; RateLimit-Remaining=47; RateLimit-Reset=1700000030 | 47 | 30000 | 60",
                "GitLab time | RateLimit-Remaining=47; RateLimit-ResetTime=Tue, 14 Nov 2023 22:13:50 GMT | 47 | 30000 | 0",
                "Jira        | X-RateLimit-Limit=100; X-RateLimit-Remaining=0; X-RateLimit-Reset=2023-11-14T22:14Z | 0 | 40000 | 100",
                "Jira DC     | X-RateLimit-Limit=1000; X-RateLimit-Remaining=9; X-RateLimit-Interval-Seconds=60; X-RateLimit-FillRate=10; retry-after=0 | 9 | 60000 | 1000",
                "X           | x-rate-limit-limit=900; x-rate-limit-remaining=899; x-rate-limit-reset=1700000900 | 899 | 900000 | 900",
                "Shopify     | X-Shopify-Shop-Api-Call-Limit=32/40 | 8 | 1000 | 40",
                "Shopify end | X-Shopify-Shop-Api-Call-Limit=40/40 | 0 | 501 | 40",
                "OpenAI      | x-ratelimit-limit-requests=60; x-ratelimit-remaining-requests=59; x-ratelimit-reset-requests=12ms | 59 | 12 | 60",
                "Discord     | X-RateLimit-Limit=5; X-RateLimit-Remaining=0; X-RateLimit-Reset=1700000123.45; X-RateLimit-Reset-After=2.5; X-RateLimit-Bucket=abc | 0 | 2500 | 5",
                "HubSpot     | X-HubSpot-RateLimit-Max=110; X-HubSpot-RateLimit-Remaining=108; X-HubSpot-RateLimit-Interval-Milliseconds=10000 | 108 | 10000 | 110",
                "HubSpot day | X-HubSpot-RateLimit-Daily-Remaining=0 | 0 | 900000 | 0",
                "Salesforce  | Sforce-Limit-Info=api-usage=18/5000 | 4982 | 900000 | 0",
                "Salesforce+ | Sforce-Limit-Info=per-app-api-usage=17/250(appName=x), api-usage=5001/5000 | 0 | 900000 | 0",
                "Reddit      | x-ratelimit-remaining=598.0; x-ratelimit-used=2; x-ratelimit-reset=300 | 598 | 300000 | 0"
            })
    void readsWhatItSays(String vendor, String fields, long remaining, long millis, long quota) {
        assertThat(read(RateHeaders.standard(), fields))
                .as(vendor)
                .containsExactly(new Hint(remaining, Duration.ofMillis(millis), quota));
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1700000000, 900000",
        "SECONDS, 5, 5000",
        "MILLISECONDS, 1500, 1500",
        "EPOCH_SECONDS, 1700000007, 7000",
        "EPOCH_MILLISECONDS, 1700000007250, 7250",
        "EPOCH_SECONDS, 60, 0"
    })
    void aSourceNamesItsOwnFieldsAndHowTheyAreWritten(ResetFormat format, String reset, long millis) {
        RateHeaders own = RateHeaders.fields("X-Left", "X-Quota", "X-More-At", format);
        assertThat(read(own, "X-Left=3; X-Quota=10; X-More-At=" + reset))
                .containsExactly(new Hint(3, Duration.ofMillis(millis), 10));
        assertThat(read(own, "X-RateLimit-Remaining=3; X-RateLimit-Reset=5")).isEmpty();
        assertThat(read(own, "X-Left=3; X-More-At=soon")).isEmpty();
    }

    @Test
    void aSourceMayBelieveNone() {
        assertThat(read(RateHeaders.none(), "X-RateLimit-Remaining=3; X-RateLimit-Reset=5"))
                .isEmpty();
    }

    @Test
    void junkIsIgnoredAndNeverAnError() {
        String[] names = {
            "RateLimit",
            "RateLimit-Policy",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "X-RateLimit-Limit",
            "X-Shopify-Shop-Api-Call-Limit",
            "Sforce-Limit-Info",
            "X-HubSpot-RateLimit-Remaining",
            "X-HubSpot-RateLimit-Interval-Milliseconds",
            "x-ratelimit-remaining-tokens",
            "x-ratelimit-reset-tokens",
            "Date"
        };
        String letters = "0123456789.,;=/-+eE\"\\:abcdhmst ()";
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, String> fields = new LinkedHashMap<>();
            for (String name : names) {
                StringBuilder value = new StringBuilder();
                for (int i = random.nextInt(24); i > 0; i--) {
                    value.append(letters.charAt(random.nextInt(letters.length())));
                }
                fields.put(name, value.toString());
            }
            assertThat(RateHeaders.standard().read(Headers.of(fields), NOW))
                    .as("seed %d", seed)
                    .allSatisfy(hint -> {
                        assertThat(hint.remaining()).isNotNegative();
                        assertThat(hint.reset()).isBetween(Duration.ZERO, ResetTime.LONGEST);
                    });
        }
    }
}
