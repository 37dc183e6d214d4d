package io.penstock.rate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What was spent of one long limit, by the wall clock, in pieces of a 64th of its window.
 *
 * <p>All that was spent in a piece counts as spent at its end, never earlier than it was. Not thread-safe.
 */
final class SpentHistory {

    private static final int PIECES = 64;

    private final long piece;
    private final Deque<long[]> spent = new ArrayDeque<>();

    SpentHistory(RateLimit limit) {
        piece = Math.max(1, limit.window().toMillis() / PIECES);
    }

    /** Less is spent if {@code cost} is negative, as far as there is something in this piece to take it from. */
    void add(long wallMillis, long cost) {
        long end = end(wallMillis);
        long[] last = spent.peekLast();
        if (last == null || last[0] < end) {
            last = new long[] {end, 0};
            spent.addLast(last);
        }
        last[1] = Math.max(0, last[1] + cost);
        while (spent.getFirst()[0] <= end - piece * (PIECES + 1)) {
            spent.removeFirst();
        }
    }

    /** When the piece ends that {@code wallMillis} is in. */
    long end(long wallMillis) {
        return (Math.floorDiv(wallMillis, piece) + 1) * piece;
    }

    /** The pieces as {@code end:count}, oldest first, and {@code reserve} more in the one of {@code wallMillis}. */
    String text(long wallMillis, long reserve) {
        add(wallMillis, 0);
        StringBuilder text = new StringBuilder();
        for (Iterator<long[]> pieces = spent.iterator(); pieces.hasNext(); ) {
            long[] next = pieces.next();
            long count = pieces.hasNext() ? next[1] : next[1] + reserve;
            text.append(' ').append(next[0]).append(':').append(count);
        }
        return text.toString();
    }
}
