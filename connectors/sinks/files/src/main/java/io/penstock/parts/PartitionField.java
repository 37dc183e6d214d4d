package io.penstock.parts;

import io.penstock.error.DataRejected.RecordRejected;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field by whose value parts are kept apart, as a level of folders: {@code country=DE/}.
 *
 * @param field a top-level field
 * @param unit how much of a date or time counts; null if the value counts as it is
 */
record PartitionField(String field, @Nullable Unit unit) {

    private static final String NONE = "__none__";
    private static final int LONGEST = 200;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /** How much of a date counts, in UTC. */
    enum Unit {
        YEAR("uuuu"),
        MONTH("uuuu-MM"),
        DAY("uuuu-MM-dd"),
        HOUR("uuuu-MM-dd'T'HH");

        private final DateTimeFormatter format;

        Unit(String pattern) {
            this.format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        }
    }

    /** Reads {@code country} or {@code created_at:month}. */
    static PartitionField of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 && !text.isBlank()) {
            return new PartitionField(text, null);
        }
        for (Unit unit : Unit.values()) {
            if (colon > 0 && unit.name().toLowerCase(Locale.ROOT).equals(text.substring(colon + 1))) {
                return new PartitionField(text.substring(0, colon), unit);
            }
        }
        throw new IllegalArgumentException(
                "expected a field, or a field with :year, :month, :day or :hour behind it, found '" + text + "'");
    }

    /** The folder of a record whose field holds {@code value}; null if it holds nothing. */
    String folder(@Nullable String value) {
        String name = encoded(unit == null ? field : field + "_" + unit.name().toLowerCase(Locale.ROOT));
        String text = value == null ? NONE : encoded(unit == null ? value : cut(value, unit));
        if (name.length() + text.length() > LONGEST) {
            throw rejected("a value of at most " + (LONGEST - name.length()) + " bytes when encoded", value);
        }
        return name + "=" + (NONE.equals(value) ? "%5F_none__" : text) + "/";
    }

    private String cut(String value, Unit kept) {
        try {
            TemporalAccessor read = TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            LocalDateTime time = read instanceof OffsetDateTime offset
                    ? offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                    : read instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(read);
            return kept.format.format(time);
        } catch (DateTimeException no) {
            throw rejected("a date or time such as 2026-01-31 or 2026-01-31T12:00:00Z", value);
        }
    }

    /** What it says of a value that is an object or an array. */
    RecordRejected nested() {
        return rejected("a text, number or boolean", "an object or array");
    }

    private RecordRejected rejected(String expected, @Nullable String found) {
        String some = String.valueOf(found);
        return new RecordRejected("expected " + expected + " in the field " + field + ", by which parts are kept apart"
                + " (partition_by), found '" + some.substring(0, Math.min(40, some.length()))
                + "': nothing of the commit was written; correct the data or partition by another field");
    }

    /** RFC 3986: unreserved characters stay, but a leading dot. */
    private static String encoded(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_~".indexOf(c) >= 0);
            if (plain || (c == '.' && out.length() > 0)) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
