package io.penstock.client.exchange;

import io.penstock.observe.Lane;
import io.penstock.retry.Tries;

/**
 * A request on its way through all its tries, for one subscriber.
 *
 * @param lane whose time it takes
 * @param tries what is tried again and when it is given up
 */
public record Trip(Lane lane, Tries tries) {

    /** Number of the try that is being made; 1 is the first. */
    public int attempt() {
        return tries.number();
    }
}
