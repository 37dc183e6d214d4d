package io.penstock.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class Durations {

    private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads digits and a unit, such as {@code 50ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}.
     *
     * @throws IllegalArgumentException saying how durations are written
     */
    public static Duration parse(String text) {
        Matcher matcher = PATTERN.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a duration such as 50ms, 30s, 5m, 2h or 1d, found '" + text + "'");
        }
        long amount = Long.parseLong(matcher.group(1));
        return unit(matcher.group(2)).multipliedBy(amount);
    }

    /** As people write it, in the largest unit that fits evenly. */
    public static String written(Duration time) {
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long one = unit(unit).toMillis();
            if (time.toMillis() >= one && time.toMillis() % one == 0) {
                return time.toMillis() / one + unit;
            }
        }
        return time.toMillis() + "ms";
    }

    /** One of {@code unit}: {@code ms s m h d}. */
    private static Duration unit(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
