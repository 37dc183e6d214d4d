package io.penstock.rate;

import org.jspecify.annotations.Nullable;

/**
 * All who wait for one budget: priorities by their shares, in each the streams by turns, in each of those the first come.
 *
 * <p>Whoever is first stays first until served, unless a higher priority comes: a heavy one is never overtaken for ever. Not
 * thread-safe.
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
        floor = of(first).pass();
        of(first).served(first);
        left(first);
    }

    /** One is served who never had to stand here: it has had its share all the same. */
    void passed(Waiter served) {
        floor = of(served).passed(served.cost(), floor);
    }

    private void left(Waiter waiter) {
        waiter.inLine = false;
        size--;
    }

    /** Whose turn it is. */
    @Nullable Waiter first() {
        Turns next = null;
        for (Turns some : turns) {
            if (!some.isEmpty() && (next == null || some.pass() < next.pass())) {
                next = some;
            }
        }
        return next == null ? null : next.first();
    }

    int size() {
        return size;
    }
}
