package io.penstock.runner.plan;

import io.penstock.config.Config;

/**
 * A plug-in that a plan has chosen, and its judged settings.
 *
 * @param <P> the kind of provider
 * @param connector the name the plan calls it by
 * @param provider makes it
 * @param config its settings
 */
public record Plugin<P>(String connector, P provider, Config config) {

    /** The connector's name; settings stay unseen. */
    @Override
    public String toString() {
        return connector;
    }
}
