package io.penstock.runner.slice;

import io.penstock.record.HeldBytes;
import io.penstock.runner.host.Host;
import java.util.concurrent.TimeUnit;

/**
 * What everything in the run of one connection shares.
 *
 * @param host time and randomness
 * @param fullRefresh whether everything is read from its beginning
 * @param stop the wish to end early
 * @param events who is told
 * @param held what the pages of the whole run may hold together
 */
public record RunContext(Host host, boolean fullRefresh, Stop stop, Events events, HeldBytes held) {

    /** Nanoseconds of the injected clock. */
    public long now() {
        return host.timer().now(TimeUnit.NANOSECONDS);
    }
}
