package io.penstock.runner.summary;

/**
 * How many slices of a stream there are and how they fare.
 *
 * @param known how many were listed so far
 * @param listed whether that is all of them
 * @param done how many were read to their end
 * @param failed how many were parked
 */
public record Slices(int known, boolean listed, int done, int failed) {}
