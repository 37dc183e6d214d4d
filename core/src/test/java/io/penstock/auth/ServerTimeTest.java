package io.penstock.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.Headers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerTimeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final ServerTime time = new ServerTime(Clock.fixed(NOW, ZoneOffset.UTC));

    private static Headers ahead(long seconds) {
        return Headers.of(Map.of("Date", DATE.format(NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC))));
    }

    @Test
    void isOursUntilAnAnswerHasCome() {
        assertThat(time.now()).isEqualTo(NOW);
        time.heard(Headers.NONE, NOW);
        time.heard(Headers.of(Map.of("Date", "soon")), NOW);
        assertThat(time.now()).isEqualTo(NOW);
    }

    @Test
    void isTheMedianOfTheLastFiveAnswers() {
        for (long seconds : new long[] {1000, 40, 41, 42, 43, 3}) {
            time.heard(ahead(seconds), NOW);
        }
        assertThat(time.now()).isEqualTo(NOW.plusSeconds(41));
        assertThat(time.clock().instant()).isEqualTo(NOW.plusSeconds(41));
    }

    @Test
    void anAnswerTellsTheTimeOfTheMiddleOfItsRequest() {
        time.heard(ahead(0), NOW.minusSeconds(20));

        assertThat(time.now()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void aRefusalCorrectsFromMoreThanAMinuteOn() {
        assertThat(time.corrects(ahead(60))).isFalse();
        assertThat(time.now()).isEqualTo(NOW);
        assertThat(time.corrects(ahead(61))).isTrue();
        assertThat(time.now()).isEqualTo(NOW.plusSeconds(61));
    }

    @Test
    void aCorrectionCountsMoreThanAllBeforeIt() {
        for (int i = 0; i < 5; i++) {
            time.heard(ahead(5), NOW);
        }
        assertThat(time.corrects(ahead(-3600))).isTrue();

        assertThat(time.now()).isEqualTo(NOW.minusSeconds(3600));
        assertThat(time.corrects(ahead(-3600)))
                .as("for those that were under way")
                .isTrue();
    }
}
