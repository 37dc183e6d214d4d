package io.penstock.rate;

import org.jspecify.annotations.Nullable;

/** The askers that wait, in the order they came; leaving from the middle costs as little as from the front. Not thread-safe. */
final class Line {

    private @Nullable Waiter first;
    private @Nullable Waiter last;
    private int size;

    void add(Waiter waiter) {
        waiter.ahead = last;
        if (last == null) {
            first = waiter;
        } else {
            last.behind = waiter;
        }
        last = waiter;
        waiter.inLine = true;
        size++;
    }

    void remove(Waiter waiter) {
        if (!waiter.inLine) {
            return;
        }
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
        waiter.inLine = false;
        size--;
    }

    @Nullable Waiter first() {
        return first;
    }

    int size() {
        return size;
    }
}
