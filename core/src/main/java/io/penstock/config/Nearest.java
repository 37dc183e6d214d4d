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

    /** How many letters must be changed, added, left out or swapped with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] least = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                least[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, least);
            }
        }
        return least[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] least) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(least[i - 1][j - 1] + same, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
    }
}
