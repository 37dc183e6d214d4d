package io.penstock.rate;

import org.jspecify.annotations.Nullable;

/**
 * The askers of one stream that wait, in the order they came; leaving from the middle costs as little as from the front.
 *
 * <p>Not thread-safe.
 */
final class Line {

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
