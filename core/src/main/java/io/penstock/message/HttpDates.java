package io.penstock.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The three forms of a date in HTTP (RFC 9110, section 5.6.7); the day of the week is not held against the date. */
public final class HttpDates {

    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final int IMF = "Sun, 06 Nov 1994 08:49:37 GMT".length();
    private static final int ASCTIME = "Sun Nov  6 08:49:37 1994".length();
    private static final int RFC_850_REST = ", 06-Nov-94 08:49:37 GMT".length();
    private static final int YEARS_AHEAD = 50;

    private HttpDates() {}

    /**
     * Reads a date; empty if {@code text} has none of the three forms.
     *
     * @param now decides the century of a two-digit year: never more than 50 years ahead
     */
    public static Optional<Instant> parse(String text, Instant now) {
        try {
            return Optional.of(read(text, now));
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException notADate) {
            return Optional.empty();
        }
    }

    private static Instant read(String text, Instant now) {
        int comma = text.indexOf(',');
        if (comma == 3 && text.length() == IMF) {
            require(text, 4, " ", 7, " ", 11, " ", 16, " ", 25, " GMT");
            return at(text, number(text, 12, 16), 8, number(text, 5, 7), 17);
        }
        if (comma > 5 && text.length() == comma + RFC_850_REST) {
            require(text, comma + 1, " ", comma + 4, "-", comma + 8, "-", comma + 11, " ", comma + 20, " GMT");
            int year = fullYear(number(text, comma + 9, comma + 11), now);
            return at(text, year, comma + 5, number(text, comma + 2, comma + 4), comma + 12);
        }
        if (comma < 0 && text.length() == ASCTIME) {
            require(text, 3, " ", 7, " ", 10, " ", 19, " ");
            int from = text.charAt(8) == ' ' ? 9 : 8;
            return at(text, number(text, 20, 24), 4, number(text, from, 10), 11);
        }
        throw new DateTimeException("no form of a date in HTTP");
    }

    /** Pairs of an index and what must stand there. */
    private static void require(String text, Object... marks) {
        for (int i = 0; i < marks.length; i += 2) {
            if (!text.startsWith((String) marks[i + 1], (Integer) marks[i])) {
                throw new DateTimeException("no form of a date in HTTP");
            }
        }
    }

    private static Instant at(String text, int year, int monthAt, int day, int timeAt) {
        require(text, timeAt + 2, ":", timeAt + 5, ":");
        int second = number(text, timeAt + 6, timeAt + 8);
        int leap = second == 60 ? 1 : 0; // the grammar allows a leap second, our calendar does not
        return LocalDateTime.of(
                        year,
                        MONTHS.indexOf(text.substring(monthAt, monthAt + 3)) + 1,
                        day,
                        number(text, timeAt, timeAt + 2),
                        number(text, timeAt + 3, timeAt + 5),
                        second - leap)
                .plusSeconds(leap)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new NumberFormatException("not a digit");
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }

    private static int fullYear(int twoDigits, Instant now) {
        int latest = now.atOffset(ZoneOffset.UTC).getYear() + YEARS_AHEAD;
        return latest - Math.floorMod(latest - twoDigits, 100);
    }
}
