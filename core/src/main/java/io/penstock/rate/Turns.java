package io.penstock.rate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one priority, by turns: the map's first is the next, and goes to the end once it was served.
 *
 * <p>A stream without a waiter is forgotten, so there are never more lines than waiters. Not thread-safe.
 */
final class Turns {

    private final int stride;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** How much of its share this priority has had; the least is served next. */
    private long pass;

    Turns(Priority priority) {
        stride = priority.stride();
    }

    /** @param floor what the others have had: one who was away does not come back with a claim on the past */
    void add(Waiter waiter, long floor) {
        if (lines.isEmpty()) {
            pass = Math.max(pass, floor);
        }
        lines.computeIfAbsent(waiter.stream(), stream -> new Line()).add(waiter);
    }

    /** Counts a cost while nobody waits; returns what this priority had had before. */
    long passed(int cost, long floor) {
        long before = Math.max(pass, floor);
        pass = before + (long) stride * cost;
        return before;
    }

    void remove(Waiter waiter) {
        Line line = lines.get(waiter.stream());
        if (line != null) {
            line.remove(waiter);
            if (line.first() == null) {
                lines.remove(waiter.stream());
            }
        }
    }

    /** Takes out {@link #first}; its stream's next turn comes after all the others. */
    void served(Waiter waiter) {
        remove(waiter);
        Line line = lines.remove(waiter.stream());
        if (line != null) {
            lines.put(waiter.stream(), line);
        }
        pass += (long) stride * waiter.cost();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    @Nullable Waiter first() {
        return lines.isEmpty() ? null : lines.values().iterator().next().first();
    }

    long pass() {
        return pass;
    }
}
