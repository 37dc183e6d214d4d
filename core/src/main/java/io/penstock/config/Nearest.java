package io.penstock.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a person probably meant. */
public final class Nearest {

    private static final int CLOSE = 3;

    private Nearest() {}

    /** {@code : did you mean x?} or a list of what is known; starts with a colon, or is empty if nothing is known. */
    public static String hint(String name, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String best = known.stream()
                .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        return distance(name, best) <= Math.min(CLOSE, Math.max(1, best.length() / 2))
                ? ": did you mean " + best + "?"
                : ": known are " + String.join(", ", known);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
