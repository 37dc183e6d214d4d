package io.penstock.rate.hint;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.Headers;
import io.penstock.rate.hint.RateHeaders.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateHeadersTest {

    private static final Instant SERVER = Instant.ofEpochSecond(1_700_000_000);

    @ParameterizedTest
    @CsvSource({
        "1700000060, PT1M",
        "1700000060000, PT1M",
        "60, PT1M",
        "598.5, PT9M58.5S",
        "6m0s, PT6M",
        "12ms, PT0.012S",
        "1m1.5s, PT1M1.5S",
        "2023-11-14T22:14Z, PT40S",
        "2023-11-14T22:14:05+00:00, PT45S",
        "'Tue, 14 Nov 2023 22:13:50 GMT', PT30S",
        "0, PT0S",
        "1699999999, PT0S",
        "999999, PT15M",
        "' 5 ', PT5S"
    })
    void readsEveryFormOfAReset(String text, Duration delay) {
        assertThat(ResetTime.delay(text, () -> SERVER)).contains(delay);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "",
                "soon",
                "1e3",
                "Tue Feb 16 2021 09:02:42 GMT+0100 (CET)",
                "12 ms",
                "5x",
                "2023-11-14Tx",
                "1234567890123456789012345678901234567890123"
            })
    void ignoresAResetThatTellsNothing(String text) {
        assertThat(ResetTime.delay(text, () -> SERVER)).isEmpty();
    }

    @Test
    void readsTheFieldOfTheDraft() {
        assertThat(limits("\"default\";r=50;t=30")).containsExactly(hint(50, 30, 0));
        assertThat(limits("limit=100, remaining=50, reset=5")).containsExactly(hint(50, 5, 100));
        assertThat(limits("\"a,;b\";r=50;t=30;x=\"q\\\";\"")).containsExactly(hint(50, 30, 0));
    }

    @Test
    void everyMemberWithAResetIsAHint() {
        assertThat(limits("\"burst\";r=50;t=30, \"daily\";r=999;t=41000"))
                .containsExactly(hint(50, 30, 0), hint(999, 900, 0));
        assertThat(limits("\"a\";r=0;t=10, \"b\";r=5")).containsExactly(hint(0, 10, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\";t=3",
                "\"x\";r=-1;t=3",
                "\"x\";r=1.5;t=3",
                "default;r=1",
                "\"x\";r=1;t=-3",
                "\"x;r=1;t=3",
                ";;,,=",
                ""
            })
    void ignoresMembersThatTellNothing(String field) {
        assertThat(limits(field)).isEmpty();
    }

    @Test
    void acceptsATokenAsNameAndTakesTheWindowFromItsPolicy() {
        assertThat(parse(Map.of("RateLimit", "default;r=1", "RateLimit-Policy", "default;q=20;w=60")))
                .containsExactly(hint(1, 60, 20));
    }

    @Test
    void joinsPoliciesByNameAndPartition() {
        assertThat(parse(Map.of(
                        "RateLimit", "\"a\";r=7;t=9;pk=:cHsd:",
                        "RateLimit-Policy", "\"a\";q=1;w=1, \"a\";q=100;w=60;pk=:cHsd:")))
                .containsExactly(hint(7, 9, 100));
    }

    @Test
    void ignoresUnitsThatAreNotRequests() {
        assertThat(parse(Map.of(
                        "RateLimit", "\"a\";r=7;t=9, \"b\";r=8;t=9",
                        "RateLimit-Policy", "\"a\";q=100;w=60;qu=\"content-bytes\", \"b\";q=10;w=60;qu=\"requests\"")))
                .containsExactly(hint(8, 9, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-RateLimit-", "x-rate-limit-", "RateLimit-"})
    void readsTheThreeFieldsThatMostApisSend(String family) {
        assertThat(parse(Map.of(family + "Limit", "60", family + "Remaining", "59", family + "Reset", "30")))
                .containsExactly(hint(59, 30, 60));
    }

    @Test
    void readsRequestsWhereSeveralUnitsAreCounted() {
        assertThat(parse(Map.of(
                        "x-ratelimit-limit-requests", "60",
                        "x-ratelimit-remaining-requests", "59",
                        "x-ratelimit-reset-requests", "1s",
                        "x-ratelimit-remaining-tokens", "7",
                        "x-ratelimit-reset-tokens", "6m0s")))
                .containsExactly(hint(59, 1, 60));
    }

    @Test
    void anotherUnitMattersWhenNothingOfItIsLeft() {
        assertThat(parse(Map.of("x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "6m0s")))
                .containsExactly(hint(0, 360, 0));
        assertThat(parse(Map.of("x-ratelimit-remaining-tokens", "-1", "x-ratelimit-reset-tokens", "6m0s")))
                .isEmpty();
    }

    @Test
    void takesTheFirstNumberOfALimitAndFloorsWhatIsLeft() {
        assertThat(parse(Map.of(
                        "RateLimit-Limit", "100, 100;w=60", "RateLimit-Remaining", "598.7", "RateLimit-Reset", "5")))
                .containsExactly(hint(598, 5, 100));
    }

    @Test
    void ignoresWhatIsLeftWhenItIsUnknown() {
        assertThat(parse(Map.of("X-RateLimit-Remaining", "-1", "X-RateLimit-Reset", "5")))
                .isEmpty();
        assertThat(parse(Map.of("X-RateLimit-Remaining", "many", "X-RateLimit-Reset", "5")))
                .isEmpty();
        assertThat(parse(Map.of("X-RateLimit-Remaining", "5"))).isEmpty();
        assertThat(parse(Map.of())).isEmpty();
    }

    @Test
    void measuresAnEpochAgainstTheServersOwnClock() {
        Map<String, String> fields = Map.of(
                "Date",
                "Tue, 14 Nov 2023 22:13:20 GMT",
                "X-RateLimit-Remaining",
                "5",
                "X-RateLimit-Reset",
                "1700000060");
        Instant aDayOff = SERVER.plus(Duration.ofDays(1));
        assertThat(RateHeaders.standard().read(Headers.of(fields), aDayOff)).containsExactly(hint(5, 60, 0));
    }

    private static Hint hint(long remaining, long seconds, long quota) {
        return new Hint(remaining, Duration.ofSeconds(seconds), quota);
    }

    private static List<Hint> limits(String field) {
        return parse(Map.of("RateLimit", field));
    }

    private static List<Hint> parse(Map<String, String> fields) {
        return RateHeaders.standard().read(Headers.of(fields), SERVER);
    }
}
