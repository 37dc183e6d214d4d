package io.penstock.rate;

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
}
