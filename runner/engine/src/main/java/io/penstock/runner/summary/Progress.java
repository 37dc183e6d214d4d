package io.penstock.runner.summary;

import java.time.Duration;
import java.util.List;

/**
 * A run at a glance, for whoever polls it.
 *
 * @param elapsed since the run began
 * @param streams every stream known so far, in the plan's order
 * @param failures how many were parked so far
 * @param stopping whether the run was asked to stop
 */
public record Progress(Duration elapsed, List<StreamReport> streams, int failures, boolean stopping) {

    /** Copies the list. */
    public Progress {
        streams = List.copyOf(streams);
    }
}
