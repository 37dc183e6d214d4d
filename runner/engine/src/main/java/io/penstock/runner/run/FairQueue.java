package io.penstock.runner.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what is waiting in turn: one of each group, in the order in which the groups first came, then the next of each.
 *
 * <p>Safe for concurrent use.
 *
 * @param <G> the group
 * @param <T> what waits
 */
final class FairQueue<G, T> {

    private final Map<G, Deque<T>> waiting = new HashMap<>();
    private final Deque<G> turn = new ArrayDeque<>();

    synchronized void add(G group, T item) {
        Deque<T> items = waiting.computeIfAbsent(group, first -> new ArrayDeque<>());
        if (items.isEmpty()) {
            turn.addLast(group);
        }
        items.addLast(item);
    }

    /** The next one; null if nothing waits. */
    synchronized @Nullable T poll() {
        G group = turn.pollFirst();
        Deque<T> items = group == null ? null : waiting.get(group);
        if (group == null || items == null) {
            return null;
        }
        T item = items.pollFirst();
        if (!items.isEmpty()) {
            turn.addLast(group);
        }
        return item;
    }
}
