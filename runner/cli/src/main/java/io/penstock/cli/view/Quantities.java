package io.penstock.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Quantities {

    private static final long KILO = 1000;

    private Quantities() {}

    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    public static String bytes(long number) {
        if (number < KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f kB", number / (double) KILO);
        }
        return number < KILO * KILO * KILO
                ? String.format(Locale.ROOT, "%.1f MB", number / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", number / 1e9);
    }

    public static String rate(long number, Duration time) {
        return count(Math.round(number / Math.max(0.001, time.toMillis() / 1000.0))) + "/s";
    }

    public static String time(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
}
