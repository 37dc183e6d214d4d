package io.penstock.rate;

/**
 * Whose waiting hurts more. Whoever waits is served in these shares, so that nobody starves: while all three wait, of 21 turns
 * 16 are interactive, 4 normal and 1 a backfill's.
 */
public enum Priority {
    /** Somebody sits in front of it: a check, a preview, a single call. */
    INTERACTIVE(16),
    /** The daily work. */
    NORMAL(4),
    /** History that nobody waits for. */
    BACKFILL(1);

    private final int weight;

    Priority(int weight) {
        this.weight = weight;
    }

    /** What one permit costs this priority of its share; the less, the more often its turn comes. */
    int stride() {
        return INTERACTIVE.weight / weight;
    }
}
