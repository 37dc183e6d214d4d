package io.penstock.runner.event;

/**
 * Is told what happens in a run.
 *
 * <p>Called on whatever thread it happens on, for several slices at once; MUST return at once. What it throws is dropped: a
 * listener never disturbs a run.
 */
@FunctionalInterface
public interface RunListener {

    /** Tells nobody. */
    RunListener NONE = event -> {};

    /** {@code event} has happened. */
    void on(RunEvent event);
}
