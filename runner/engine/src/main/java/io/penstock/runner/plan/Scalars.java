package io.penstock.runner.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted scalar means: the core schema of YAML 1.2, with numbers as JSON writes them.
 *
 * <p>{@code 007}, {@code 0x1F} and {@code 2026-01-01} stay text, so that nothing that only looks like a number loses a digit.
 */
final class Scalars {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,999})");
    private static final Pattern FRACTION = Pattern.compile("-?(0|[1-9][0-9]{0,999})\\.[0-9]{1,999}");
    private static final int LONG_DIGITS = 18;

    private Scalars() {}

    static @Nullable Object plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return text.length() <= LONG_DIGITS ? (Object) Long.valueOf(text) : new BigInteger(text);
        }
        return FRACTION.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
