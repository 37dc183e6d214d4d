package io.penstock.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void readsTheThreeForms(String text) {
        assertThat(HttpDates.parse(text, NOW)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @ParameterizedTest
    @CsvSource({"26, 2026", "76, 2076", "77, 1977", "99, 1999", "00, 2000"})
    void aYearOfTwoDigitsIsNeverMoreThanFiftyYearsAhead(String twoDigits, int year) {
        assertThat(HttpDates.parse("Sunday, 06-Nov-" + twoDigits + " 08:49:37 GMT", NOW))
                .contains(Instant.parse(year + "-11-06T08:49:37Z"));
    }

    @Test
    void readsALeapSecondAndATwoDigitDay() {
        assertThat(HttpDates.parse("Sat, 31 Dec 2016 23:59:60 GMT", NOW))
                .contains(Instant.parse("2017-01-01T00:00:00Z"));
        assertThat(HttpDates.parse("Wed Nov 16 08:49:37 1994", NOW)).contains(Instant.parse("1994-11-16T08:49:37Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 0x Nov 1994 08:49:37 GMT",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "1994-11-06T08:49:37Z",
                "Tue Feb 16 2021 09:02:42 GMT+0100 (CET)",
                "Sun, 06 Nov ١٩٩٤ 08:49:37 GMT"
            })
    void ignoresEverythingElse(String text) {
        assertThat(HttpDates.parse(text, NOW)).isEmpty();
    }
}
