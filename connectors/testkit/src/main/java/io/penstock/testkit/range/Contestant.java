package io.penstock.testkit.range;

import java.net.URI;

/** Whoever reads a misbehaving API. */
@FunctionalInterface
public interface Contestant {

    /**
     * Reads everything it means to read, once; blocks until it has ended. MUST end by itself.
     *
     * @param api where the model API answers, to the credentials of its README
     * @return how it ended; whatever it throws is a failure of its own
     */
    Ending read(URI api);
}
