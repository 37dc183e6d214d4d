package io.penstock.checks.simulation;

import java.time.Duration;
import java.util.Optional;

/**
 * How a run is ended from outside.
 *
 * @param stop how long after its begin it is asked to stop
 * @param kill how long after its begin its process is killed
 */
record Ending(Optional<Duration> stop, Optional<Duration> kill) {

    /** By itself. */
    static final Ending NATURAL = new Ending(Optional.empty(), Optional.empty());
}
