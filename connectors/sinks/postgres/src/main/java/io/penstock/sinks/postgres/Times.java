package io.penstock.sinks.postgres;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges texts that are to go into a column of times, before PostgreSQL would round them or read more into them than they say. */
final class Times {

    private static final int LONGEST = 64;
    private static final int LARGEST_OFFSET_HOUR = 15;

    private static final Pattern TIME = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})"
            + "(?:[Tt ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?([Zz]|[+-](\\d{2})(?::?(\\d{2}))?)?)?");

    private Times() {}

    /** What becomes of a text. */
    enum Fit {
        /** The column holds it. */
        EXACT,
        /** It is a time, but not one that the column holds without changing it. */
        AS_TEXT,
        /** It is no time at all. */
        NONE
    }

    /** Judges the text between {@code from} and {@code to}, for a column of type {@code type}. */
    static Fit judge(byte[] bytes, int from, int to, ColumnType type) {
        if (to - from > LONGEST) {
            return Fit.NONE;
        }
        Matcher time = TIME.matcher(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        if (!time.matches() || !isDay(time)) {
            return Fit.NONE;
        }
        boolean dayOnly = time.group(4) == null;
        if (dayOnly) {
            return time.group(1).equals("0000") ? Fit.AS_TEXT : Fit.EXACT;
        }
        if (number(time, 4) > 24 || number(time, 5) > 59 || number(time, 6) > 60 || number(time, 10) > 59) {
            return Fit.NONE;
        }
        return type == ColumnType.TIMESTAMP && isExact(time) ? Fit.EXACT : Fit.AS_TEXT;
    }

    private static boolean isDay(Matcher time) {
        try {
            return LocalDate.of(number(time, 1), number(time, 2), number(time, 3))
                            .getYear()
                    >= 0;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    /** PostgreSQL has no year 0, no leap second, no 24 o'clock and nothing finer than a microsecond. */
    private static boolean isExact(Matcher time) {
        String fraction = time.group(7);
        return number(time, 1) > 0
                && number(time, 4) < 24
                && number(time, 6) < 60
                && number(time, 9) <= LARGEST_OFFSET_HOUR
                && (fraction == null
                        || fraction.length() <= 6
                        || fraction.substring(6).matches("0*"));
    }

    private static int number(Matcher time, int group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
