package io.penstock.sink;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import java.util.List;

/** Makes sinks of one kind; found through {@link java.util.ServiceLoader}, so it MUST have a public constructor without parameters. */
public interface SinkProvider {

    /** The name a plan calls it by, such as {@code duckdb}: lower case letters, digits and hyphens. */
    String name();

    /** One line that says where it writes, for lists. */
    String summary();

    /** Every setting it knows; parsing, validation and documentation come from here. */
    List<Setting<?>> settings();

    /**
     * Makes a sink; MUST NOT touch the store yet.
     *
     * @param config judged against {@link #settings()}
     * @param runtime what the sink must not create itself
     * @throws io.penstock.error.BadConfig.ConfigError if settings that are good one by one do not fit together
     */
    Sink open(Config config, SinkRuntime runtime);
}
