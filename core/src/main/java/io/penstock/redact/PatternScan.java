package io.penstock.redact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds many words in one pass over a text (Aho and Corasick, 1975): time grows with the text, not with the number of words.
 *
 * <p>Immutable and safe for concurrent use. Transitions lie in one table by node and character, so that a machine of a hundred
 * thousand nodes takes a few megabytes.
 */
final class PatternScan {

    private static final int ROOT = 0;
    private static final int NONE = -1;

    private long[] keys = new long[64];
    private int[] targets = new int[64];
    private int used;
    /** For each node: where to go on if no transition fits. */
    private int[] fallback = new int[16];
    /** For each node: the length of the longest word that ends here; 0 for none. */
    private int[] length = new int[16];

    private int nodes = 1;
    /** For each node but the root, while the machine is built. */
    private final List<Step> steps = new ArrayList<>();

    private PatternScan() {
        Arrays.fill(keys, NONE);
    }

    /** A machine for these words; empty ones are left out. */
    static PatternScan of(Collection<String> words) {
        PatternScan scan = new PatternScan();
        words.forEach(scan::add);
        scan.connect();
        return scan;
    }

    /** {@code text} with every stretch that words cover replaced by one mask. */
    String mask(String text) {
        Deque<Stretch> covered = covered(text);
        if (covered.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int kept = 0;
        while (!covered.isEmpty()) {
            Stretch stretch = covered.removeFirst();
            masked.append(text, kept, stretch.from()).append(Redaction.MASK);
            kept = stretch.to();
        }
        return masked.append(text, kept, text.length()).toString();
    }

    /** A part of a text, from the first character to the one behind the last. */
    private record Stretch(int from, int to) {}

    /** What words cover, in order; stretches that touch or overlap are one. */
    private Deque<Stretch> covered(String text) {
        Deque<Stretch> covered = new ArrayDeque<>(0);
        int node = ROOT;
        for (int at = 0; at < text.length() && nodes > 1; at++) {
            node = next(node, text.charAt(at));
            if (length[node] > 0) {
                int from = at + 1 - length[node];
                while (!covered.isEmpty() && covered.getLast().to() >= from) {
                    from = Math.min(from, covered.removeLast().from());
                }
                covered.addLast(new Stretch(from, at + 1));
            }
        }
        return covered;
    }

    private void add(String word) {
        int node = ROOT;
        for (int i = 0; i < word.length(); i++) {
            int child = child(node, word.charAt(i));
            if (child == NONE) {
                child = grow(new Step(node, word.charAt(i), i + 1));
                put(key(node, word.charAt(i)), child);
            }
            node = child;
        }
        length[node] = Math.max(length[node], word.length());
    }

    private int grow(Step step) {
        if (nodes == length.length) {
            length = Arrays.copyOf(length, nodes * 2);
            fallback = Arrays.copyOf(fallback, nodes * 2);
        }
        steps.add(step);
        return nodes++;
    }

    /** How a node is reached. */
    private record Step(int from, char by, int depth) {}

    /** Level by level, as what a node falls back to is always nearer to the root. */
    private void connect() {
        int[] byDepth = IntStream.range(1, nodes)
                .boxed()
                .sorted(Comparator.comparingInt(node -> steps.get(node - 1).depth()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int node : byDepth) {
            Step step = steps.get(node - 1);
            fallback[node] = step.from() == ROOT ? ROOT : next(fallback[step.from()], step.by());
            length[node] = Math.max(length[node], length[fallback[node]]);
        }
        steps.clear();
    }

    private int next(int from, char by) {
        int node = from;
        while (true) {
            int child = child(node, by);
            if (child != NONE) {
                return child;
            }
            if (node == ROOT) {
                return ROOT;
            }
            node = fallback[node];
        }
    }

    private int child(int node, char by) {
        long wanted = key(node, by);
        for (int slot = slot(wanted); keys[slot] != NONE; slot = (slot + 1) & (keys.length - 1)) {
            if (keys[slot] == wanted) {
                return targets[slot];
            }
        }
        return NONE;
    }

    private void put(long key, int target) {
        if (used * 2 >= keys.length) {
            enlarge();
        }
        int slot = slot(key);
        while (keys[slot] != NONE) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = target;
        used++;
    }

    private void enlarge() {
        long[] oldKeys = keys;
        int[] oldTargets = targets;
        keys = new long[oldKeys.length * 2];
        targets = new int[keys.length];
        Arrays.fill(keys, NONE);
        used = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                put(oldKeys[i], oldTargets[i]);
            }
        }
    }

    private static long key(int node, char by) {
        return (long) node << 16 | by;
    }

    private int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
    }
}
