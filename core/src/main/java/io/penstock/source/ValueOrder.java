package io.penstock.source;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The order of cursor values, each compared in its own type: numbers exactly, times by instant (without a zone: UTC), all else
 * by its characters.
 *
 * <p>Values of one length that differ in digits only, which is how APIs write times and counters, are compared as bytes.
 */
final class ValueOrder {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");
    private static final int DATE_LENGTH = 10;

    private ValueOrder() {}

    /** As {@link Comparable#compareTo}, for values that still lie in records. */
    static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        return aTo - aFrom == bTo - bFrom && aligned(a, aFrom, b, bFrom, bTo)
                ? Arrays.compare(a, aFrom, aTo, b, bFrom, bTo)
                : compare(text(a, aFrom, aTo), text(b, bFrom, bTo));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** As {@link Comparable#compareTo}. */
    static int compare(String a, String b) {
        if (NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches()) {
            return new BigDecimal(a).compareTo(new BigDecimal(b));
        }
        Optional<Instant> left = instant(a);
        Optional<Instant> right = left.isEmpty() ? left : instant(b);
        return right.isPresent() ? left.orElseThrow().compareTo(right.get()) : a.compareTo(b);
    }

    /** Whether the two differ in digits only, and no sign, zone or exponent could turn their order around. */
    private static boolean aligned(byte[] a, int aFrom, byte[] b, int bFrom, int bTo) {
        for (int i = bFrom; i < bTo; i++) {
            byte left = a[aFrom + i - bFrom];
            byte right = b[i];
            boolean digits = digit(left) && digit(right);
            if (!digits && (left != right || turning(left, i - bFrom))) {
                return false;
            }
        }
        return true;
    }

    private static boolean turning(byte mark, int at) {
        return mark == '+' || mark == 'e' || mark == 'E' || (mark == '-' && (at == 0 || at > DATE_LENGTH));
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The instant that {@code text} writes in ISO 8601, if it does. */
    static Optional<Instant> instant(String text) {
        if (text.length() < DATE_LENGTH || !digit((byte) text.charAt(0))) {
            return Optional.empty();
        }
        String iso = text.replace(' ', 'T');
        try {
            if (iso.length() == DATE_LENGTH) {
                return Optional.of(LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return Optional.of(zoned(iso) ? OffsetDateTime.parse(iso).toInstant() : local(iso));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    private static boolean zoned(String iso) {
        return iso.endsWith("Z") || iso.indexOf('+') > DATE_LENGTH || iso.lastIndexOf('-') > DATE_LENGTH;
    }

    private static Instant local(String iso) {
        return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
