package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    @ParameterizedTest
    @CsvSource({
        "100/s, 100, PT1S",
        "20/s, 20, PT1S",
        "1000/m, 1000, PT1M",
        "5000/h, 5000, PT1H",
        "10/d, 10, PT24H",
        "1/500ms, 1, PT0.5S",
        "100/60s, 100, PT1M",
        "300/15m, 300, PT15M",
        "' 7 / 2 s ', 7, PT2S",
        "100 per minute, 100, PT1M",
        "5 per 10 seconds, 5, PT10S"
    })
    void readsLimitsAsPeopleWriteThem(String text, int permits, Duration window) {
        assertThat(RateLimit.parse(text)).isEqualTo(RateLimit.of(permits, window));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "100", "100/", "/s", "100/x", "-1/s", "1.5/s", "100/s/s", "9999999999/s", "100 s", "1e3/s"})
    void teachesHowLimitsAreWritten(String text) {
        assertThatThrownBy(() -> RateLimit.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20/s")
                .hasMessageContaining("found '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/s", "1/0s", "1/367d"})
    void refusesLimitsThatLetNothingPassOrNeverEnd(String text) {
        assertThatThrownBy(() -> RateLimit.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 request");
    }

    @Test
    void refusesABurstAboveTheLimit() {
        RateLimit limit = RateLimit.parse("10/s");
        assertThat(limit.burst(10).burst()).contains(10);
        assertThatThrownBy(() -> limit.burst(11)).hasMessageContaining("between 1 and 10");
        assertThatThrownBy(() -> limit.burst(0)).hasMessageContaining("between 1 and 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100/s", "1000/m", "5000/h", "10/d", "300/15m", "1/500ms", "5/90s"})
    void isShownAsItIsWritten(String text) {
        assertThat(RateLimit.parse(text)).hasToString(text);
    }

    @Test
    void showsItsBurst() {
        assertThat(RateLimit.parse("100/s").burst(5)).hasToString("100/s at most 5 at once");
    }

    @Test
    void aShareIsRoundedDownAndNeverNothing() {
        assertThat(RateLimit.parse("100/s").share(0.29).permits()).isEqualTo(29);
        assertThat(RateLimit.parse("10/s").burst(9).share(0.5))
                .isEqualTo(RateLimit.parse("5/s").burst(5));
        assertThat(RateLimit.parse("10/s").share(1)).isEqualTo(RateLimit.parse("10/s"));
        assertThatThrownBy(() -> RateLimit.parse("10/s").share(0.05)).hasMessageContaining("leaves nothing");
        assertThatThrownBy(() -> RateLimit.parse("10/s").share(0)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> RateLimit.parse("10/s").share(1.01)).hasMessageContaining("at most 1");
        assertThatThrownBy(() -> RateLimit.parse("10/s").share(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
