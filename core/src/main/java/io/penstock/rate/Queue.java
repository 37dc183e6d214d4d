package io.penstock.rate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All who wait for one budget: priorities by their shares, in each the streams by turns, in each of those the first come.
 *
 * <p>Whoever is first stays first until served, unless a higher priority comes: a heavy one is never overtaken for ever. One who
 * waits for a budget that others do not need lets them pass. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // the lines live in this process alone, and an array needs no boxing
final class Queue {

    private static final Priority[] PRIORITIES = Priority.values();

    private final Turns[] turns = new Turns[PRIORITIES.length];
    private long floor;
    private int size;

    Queue() {
        for (Priority priority : PRIORITIES) {
            turns[priority.ordinal()] = new Turns(priority);
        }
    }

    private Turns of(Waiter waiter) {
        return turns[waiter.priority().ordinal()];
    }

    void add(Waiter waiter) {
        of(waiter).add(waiter, floor);
        waiter.inLine = true;
        waiter.count(1);
        size++;
    }

    /** Leaves no trace; one who is not here changes nothing. */
    void remove(Waiter waiter) {
        if (waiter.inLine) {
            of(waiter).remove(waiter);
            left(waiter);
        }
    }

    /** Takes out {@code first}, which is being served. */
    void served(Waiter first) {
        Turns mine = of(first);
        floor = mine.pass();
        mine.served(first);
        left(first);
        for (Turns other : turns) {
            if (other != mine) {
                other.atLeast(floor); // only lower if none of them could be served
            }
        }
    }

    /** One is served who never had to stand here: it has had its share all the same. */
    void passed(Waiter served) {
        floor = of(served).passed(served.cost(), floor);
    }

    private void left(Waiter waiter) {
        waiter.inLine = false;
        waiter.count(-1);
        size--;
    }

    /** Whose turn it is among those that {@code choice} takes; asked of each line's first, in their order. */
    @Nullable Waiter first(Choice choice) {
        int tried = 0;
        for (int next = least(tried); next >= 0; next = least(tried)) {
            Waiter head = turns[next].first(choice);
            if (head != null) {
                return head;
            }
            tried |= 1 << next;
        }
        return null;
    }

    private int least(int tried) {
        int least = -1;
        for (int i = 0; i < turns.length; i++) {
            boolean candidate = !turns[i].isEmpty() && (tried & 1 << i) == 0;
            if (candidate && (least < 0 || turns[i].pass() < turns[least].pass())) {
                least = i;
            }
        }
        return least;
    }

    int size() {
        return size;
    }

    /** Says who may be served now. */
    @FunctionalInterface
    interface Choice {

        /** Whether this one may. */
        boolean takes(Waiter head);

        /** Whether nobody else may either. */
        default boolean over() {
            return false;
        }
    }

    /**
     * The streams of one priority, by turns: the map's first is the next, and goes to the end once it was served. Who is not to be
     * served now keeps the place.
     *
     * <p>A stream that spends from different budgets has a line for each choice of them, so that a closed one holds up nothing
     * else. A line without a waiter is forgotten, so there are never more lines than waiters. Not thread-safe.
     */
    private static final class Turns {

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
        @Nullable Waiter first(Choice choice) {
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
}
