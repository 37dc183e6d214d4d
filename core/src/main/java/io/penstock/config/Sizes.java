package io.penstock.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them. */
final class Sizes {

    private static final Pattern PATTERN = Pattern.compile("(\\d{1,12}) ?([KMG]iB|[kMG]B|B)?");
    private static final Map<String, Long> UNITS = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);

    private Sizes() {}

    /** Reads digits and a unit; without one they are bytes. An {@link IllegalArgumentException} says how sizes are written. */
    static long parse(String text, long least, long most) {
        Matcher matcher = PATTERN.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a size such as 64MiB or 2GB, found '" + text + "'");
        }
        long unit = matcher.group(2) == null ? 1 : UNITS.getOrDefault(matcher.group(2), 1L);
        long number = Long.parseLong(matcher.group(1));
        if (number > most / unit || number * unit < least) {
            throw new IllegalArgumentException(
                    "expected " + written(least) + " to " + written(most) + ", found " + text);
        }
        return number * unit;
    }

    /** As people write it, in the largest unit that fits evenly. */
    static String written(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return bytes + "B";
    }
}
