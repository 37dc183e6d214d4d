package io.penstock.runner.summary;

import io.penstock.observe.Lane;

/**
 * What a connection asked before its first stream began, to find out which streams there are and of which shape.
 *
 * @param requests tries sent, repeats included
 * @param retries repeats among them
 */
public record FirstLook(long requests, long retries) {

    /** What {@code lane} has sent so far. */
    public static FirstLook of(Lane lane) {
        return new FirstLook(lane.requests(), lane.retries());
    }
}
