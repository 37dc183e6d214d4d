package io.penstock.auth.sign;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How the moment of signing is written. */
public enum TimeText {
    /** Whole seconds since 1970. */
    UNIX,
    /** Milliseconds since 1970. */
    UNIX_MS,
    /** Such as {@code 2026-01-31T12:00:00Z} (RFC 3339). */
    ISO8601,
    /** Such as {@code Sat, 31 Jan 2026 12:00:00 GMT} (RFC 9110, section 5.6.7). */
    HTTP_DATE;

    private static final DateTimeFormatter FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    String write(Instant now) {
        return switch (this) {
            case UNIX -> Long.toString(now.getEpochSecond());
            case UNIX_MS -> Long.toString(now.toEpochMilli());
            case ISO8601 -> now.truncatedTo(ChronoUnit.SECONDS).toString();
            case HTTP_DATE -> FIXDATE.format(now);
        };
    }
}
