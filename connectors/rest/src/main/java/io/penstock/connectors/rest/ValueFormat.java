package io.penstock.connectors.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** How an API wants to be told a point in time, or any other place in an order. */
enum ValueFormat {
    /** As records and plan have it. */
    AS_IS {
        @Override
        String render(String value) {
            return value;
        }
    },
    /** A time in UTC, such as {@code 2026-01-31T08:00:00Z}. */
    ISO8601 {
        @Override
        String render(String value) {
            return instant(value).toString();
        }
    },
    /** A day in UTC, such as {@code 2026-01-31}. */
    DATE {
        @Override
        String render(String value) {
            return instant(value).atOffset(ZoneOffset.UTC).toLocalDate().toString();
        }
    },
    /** Whole seconds since 1970. */
    EPOCH {
        @Override
        String render(String value) {
            return Long.toString(instant(value).getEpochSecond());
        }
    },
    /** Milliseconds since 1970. */
    EPOCH_MS {
        @Override
        String render(String value) {
            return Long.toString(instant(value).toEpochMilli());
        }
    };

    /** From here on a number of seconds would lie beyond the year 5138: it counts milliseconds. */
    private static final long MILLIS_FROM = 100_000_000_000L;

    /**
     * Writes a value that a record or a person gave; a time before the exact one is possible, a later one is not.
     *
     * @throws IllegalArgumentException if {@code value} is no time and this form needs one
     */
    abstract String render(String value);

    /** Reads a date, a time (without a zone: UTC), or a number of seconds or milliseconds since 1970. */
    static Instant instant(String value) {
        if (value.matches("-?\\d{1,18}")) {
            long number = Long.parseLong(value);
            return Math.abs(number) < MILLIS_FROM ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        }
        String iso = value.replace(' ', 'T');
        try {
            if (iso.length() == "2026-01-31".length()) {
                return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException noTime) {
            throw new IllegalArgumentException(
                    "expected a date such as 2026-01-31, a time such as 2026-01-31T08:00:00Z or seconds since 1970, "
                            + "found '" + value + "'",
                    noTime);
        }
    }
}
