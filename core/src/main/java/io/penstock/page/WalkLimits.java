package io.penstock.page;

/**
 * How long a walk may become before it is taken for an endless one.
 *
 * @param pages at most that many
 * @param records at most that many; a page that goes past it is still whole
 */
public record WalkLimits(long pages, long records) {

    /** A million pages, and no bound on records but that one. */
    public static final WalkLimits DEFAULT = new WalkLimits(1_000_000, Long.MAX_VALUE);

    /** Each at most as {@code other} has it. */
    public WalkLimits and(WalkLimits other) {
        return new WalkLimits(Math.min(pages, other.pages), Math.min(records, other.records));
    }

    /**
     * Judges both.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public WalkLimits {
        if (pages < 1 || records < 1) {
            throw new IllegalArgumentException(
                    "a walk has at least one page and one record, but the limits were " + pages + " and " + records);
        }
    }
}
