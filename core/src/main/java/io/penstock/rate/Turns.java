package io.penstock.rate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one priority, by turns: the map's first is the next, and goes to the end once it was served. Who is not to be
 * served now keeps the place.
 *
 * <p>A stream that spends from different budgets has a line for each choice of them, so that a closed one holds up nothing
 * else. A line without a waiter is forgotten, so there are never more lines than waiters. Not thread-safe.
 */
final class Turns {

    private final int stride;
    private final Map<Object, Line> lines = new LinkedHashMap<>();

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
        lines.computeIfAbsent(waiter.line(), line -> new Line()).add(waiter);
    }

    /** Counts a cost while nobody waits; returns what this priority had had before. */
    long passed(int cost, long floor) {
        long before = Math.max(pass, floor);
        pass = before + (long) stride * cost;
        return before;
    }

    void remove(Waiter waiter) {
        Line line = lines.get(waiter.line());
        if (line != null) {
            line.remove(waiter);
            if (line.first() == null) {
                lines.remove(waiter.line());
            }
        }
    }

    /** Takes out one that {@link #first} gave; its stream's next turn comes after all the others. */
    void served(Waiter waiter) {
        remove(waiter);
        Line line = lines.remove(waiter.line());
        if (line != null) {
            lines.put(waiter.line(), line);
        }
        pass += (long) stride * waiter.cost();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The first of a line that {@code choice} takes. */
    @Nullable Waiter first(Queue.Choice choice) {
        if (lines.isEmpty()) {
            return null;
        }
        for (Line line : lines.values()) {
            if (choice.over()) {
                return null;
            }
            Waiter head = line.first();
            if (head != null && choice.takes(head)) {
                return head;
            }
        }
        return null;
    }

    long pass() {
        return pass;
    }

    /** Whoever could not be served for a while has no claim on that time. */
    void atLeast(long floor) {
        pass = Math.max(pass, floor);
    }

    /**
     * The askers of one stream that wait, in the order they came; leaving from the middle costs as little as from the front.
     *
     * <p>Not thread-safe.
     */
    private static final class Line {

        private @Nullable Waiter first;
        private @Nullable Waiter last;

        void add(Waiter waiter) {
            waiter.ahead = last;
            if (last == null) {
                first = waiter;
            } else {
                last.behind = waiter;
            }
            last = waiter;
        }

        /** {@code waiter} MUST be in this line. */
        void remove(Waiter waiter) {
            Waiter ahead = waiter.ahead;
            Waiter behind = waiter.behind;
            if (ahead == null) {
                first = behind;
            } else {
                ahead.behind = behind;
            }
            if (behind == null) {
                last = ahead;
            } else {
                behind.ahead = ahead;
            }
            waiter.ahead = null;
            waiter.behind = null;
        }

        @Nullable Waiter first() {
            return first;
        }
    }
}
