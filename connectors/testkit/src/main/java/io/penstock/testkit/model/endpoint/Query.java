package io.penstock.testkit.model.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request; where one is repeated the first counts, and unknown ones are ignored. */
public final class Query {

    /** Records per page where nothing is asked for. */
    static final int DEFAULT_SIZE = 100;

    /** The most records of one page. */
    static final int MAX_SIZE = 1000;

    private final Map<String, String> values = new LinkedHashMap<>();

    Query(String raw) {
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
    }

    /** The value; null if the parameter is missing or empty. */
    public @Nullable String text(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * A whole number; {@code fallback} if missing.
     *
     * @throws Problem if it is none, or out of range
     */
    public int number(String name, int fallback, int min, int max) {
        String value = text(name);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below, as one error
        }
        String range = max == Integer.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max;
        throw Problem.badRequest(
                "bad_" + name, name + " must be a whole number " + range + ", but was '" + value + "'");
    }

    /** A page size. */
    int size(String name) {
        return number(name, DEFAULT_SIZE, 1, MAX_SIZE);
    }

    /** An instant in epoch milliseconds, from an ISO date or date-time; {@code fallback} if missing. */
    long instant(String name, long fallback) {
        String value = text(name);
        return value == null ? fallback : instant(name, value);
    }

    /** Reads an ISO date or date-time; a part of a millisecond counts as a whole one. */
    static long instant(String name, String value) {
        try {
            if (value.length() == 10) {
                return LocalDate.parse(value)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
            Instant instant = OffsetDateTime.parse(value).toInstant();
            return instant.toEpochMilli()
                    + (instant.truncatedTo(ChronoUnit.MILLIS).equals(instant) ? 0 : 1);
        } catch (DateTimeException | ArithmeticException broken) {
            throw Problem.badRequest(
                    "bad_" + name,
                    name + " must be an ISO date or date-time such as 2025-03-04T05:06:07.123Z, but was '" + value
                            + "'");
        }
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Problem.badRequest("bad_query", "the query has a broken percent escape in '" + text + "'");
        }
    }
}
