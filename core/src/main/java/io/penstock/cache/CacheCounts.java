package io.penstock.cache;

/**
 * What a cache has done since it was made.
 *
 * @param hits answers that were taken without asking
 * @param confirmed answers that the server said still hold
 * @param misses answers that had to be asked for, those that may not be kept included
 * @param shared answers that an equal request, which was under way, brought along
 */
public record CacheCounts(long hits, long confirmed, long misses, long shared) {

    /** The part of all answers that came without a body from the server, from 0 to 1. */
    public double saved() {
        long all = hits + confirmed + misses + shared;
        return all == 0 ? 0 : (double) (hits + confirmed + shared) / all;
    }
}
