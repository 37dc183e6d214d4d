package io.penstock.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String DATE = "Tue, 15 Nov 1994 08:12:31 GMT";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "' 7 ', PT7S",
        "2.0, PT2S",
        "0.5, PT0.5S",
        "0.0001, PT0.001S",
        "9999999999, PT2777777H46M39S",
        "'Tue, 15 Nov 1994 08:13:31 GMT', PT1M",
        "'Tuesday, 15-Nov-94 08:13:31 GMT', PT1M",
        "Tue Nov 15 08:13:31 1994, PT1M"
    })
    void readsEveryFormOfAWait(String value, Duration wait) {
        assertThat(RetryAfter.parse(List.of(value), Optional.of(DATE), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.0",
                "-1",
                "-0",
                "1e3",
                "99999999999",
                "soon",
                "",
                " ",
                "+5",
                "5 s",
                "0x10",
                "1,2",
                "٣",
                "Tue, 15 Nov 1994 08:11:31 GMT",
                "Tue, 15 Nov 1994 08:12:31 GMT",
                "1994-11-15T08:13:31Z"
            })
    void takesAnythingElseAsNoAnswerAtAll(String value) {
        assertThat(RetryAfter.parse(List.of(value), Optional.of(DATE), NOW)).isEmpty();
    }

    @Test
    void takesTheLongestOfSeveralLines() {
        assertThat(RetryAfter.parse(List.of("5", "junk", "7", "6"), Optional.empty(), NOW))
                .contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse(List.of(), Optional.empty(), NOW)).isEmpty();
    }

    @Test
    void measuresADateAgainstTheWallClockWhereTheServerHasNone() {
        List<String> date = List.of("Sat, 21 Nov 2026 12:00:30 GMT");
        assertThat(RetryAfter.parse(date, Optional.empty(), NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse(date, Optional.of("junk"), NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse(date, Optional.of("Sat, 21 Nov 2026 12:00:10 GMT"), NOW))
                .contains(Duration.ofSeconds(20));
    }
}
