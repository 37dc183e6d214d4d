package io.penstock.checks.simulation.time;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened in a world and when, as one number; the newest lines are kept for whoever has to find out why. */
public final class Trace {

    private static final long PRIME = 0x100000001b3L;

    private final int kept;
    private final Deque<String> lines = new ArrayDeque<>();
    private long hash = 0xcbf29ce484222325L;

    /** Keeps so many lines. */
    public Trace(int kept) {
        this.kept = kept;
    }

    /** Something happened at {@code nanos}. */
    public void add(long nanos, String what) {
        hash = (hash ^ nanos) * PRIME;
        hash = (hash ^ what.hashCode()) * PRIME;
        hash ^= hash >>> 29;
        if (kept > 0) {
            if (lines.size() == kept) {
                lines.removeFirst();
            }
            lines.addLast(String.format("%12.3f %s", nanos / 1e9, what));
        }
    }

    /** The same for the same events at the same times in the same order. */
    public long hash() {
        return hash;
    }

    /** The newest lines. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
