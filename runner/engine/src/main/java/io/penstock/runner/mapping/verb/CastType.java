package io.penstock.runner.mapping.verb;

import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.Raw.Kind;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a value can be cast to; exactly, or not at all. */
public enum CastType {
    /** A text: numbers digit for digit, {@code true} and {@code false} as words, objects and arrays as their JSON. */
    STRING,
    /** A whole number of any size: from a number without a fraction, or a text that is one. */
    INTEGER,
    /** A number: from a text that is one as JSON writes it, digit for digit. */
    NUMBER,
    /** {@code true} or {@code false}: from these words, or from 1 and 0, as text or number. */
    BOOLEAN;

    private static final int DIGITS = 1000;
    private static final Pattern NUMERIC =
            Pattern.compile("-?(0|[1-9][0-9]{0,999})(\\.[0-9]{1,999})?([eE][+-]?[0-9]{1,4})?");

    /** The value as this type; empty if it cannot be that without changing its meaning. */
    Optional<Raw> of(Raw value) {
        return switch (this) {
            case STRING -> Optional.of(value.kind() == Kind.STRING ? value : Raw.text(value.json()));
            case INTEGER -> number(value).flatMap(CastType::whole);
            case NUMBER -> number(value);
            case BOOLEAN -> truth(value);
        };
    }

    private static Optional<Raw> number(Raw value) {
        if (value.kind() == Kind.NUMBER) {
            return Optional.of(value);
        }
        boolean numeric =
                value.kind() == Kind.STRING && NUMERIC.matcher(value.text()).matches();
        return numeric && small(value.text()) ? Optional.of(Raw.of(value.text())) : Optional.empty();
    }

    private static boolean small(String number) {
        BigDecimal exact = new BigDecimal(number);
        return exact.precision() <= DIGITS && Math.abs((long) exact.precision() - exact.scale() - 1) <= DIGITS;
    }

    private static Optional<Raw> whole(Raw number) {
        String text = number.text();
        if (text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            return Optional.of(number);
        }
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        boolean fits =
                exact.signum() == 0 || (exact.scale() <= 0 && (long) exact.precision() - exact.scale() <= DIGITS);
        return fits ? Optional.of(Raw.of(exact.signum() == 0 ? "0" : exact.toPlainString())) : Optional.empty();
    }

    private static Optional<Raw> truth(Raw value) {
        if (value.kind() == Kind.OBJECT || value.kind() == Kind.ARRAY) {
            return Optional.empty();
        }
        return switch (value.text()) {
            case "true", "1" -> Optional.of(Raw.of("true"));
            case "false", "0" -> Optional.of(Raw.of("false"));
            default -> Optional.empty();
        };
    }

    /** Its name in a plan and in a JSON Schema. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
