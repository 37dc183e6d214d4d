package io.penstock.source;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import java.util.List;

/** Makes sources of one kind; found through {@link java.util.ServiceLoader}, so it MUST have a public constructor without parameters. */
public interface SourceProvider {

    /** The name a plan calls it by, such as {@code rest}: lower case letters, digits and hyphens. */
    String name();

    /** One line that says what it reads, for lists. */
    String summary();

    /** Every setting it knows; parsing, validation and documentation come from here. */
    List<Setting<?>> settings();

    /**
     * Makes a source; MUST NOT call the API or start a thread.
     *
     * @param config judged against {@link #settings()}
     * @param runtime what the source must not create itself
     * @throws io.penstock.error.BadConfig.ConfigError if settings that are good one by one do not fit together
     */
    Source open(Config config, SourceRuntime runtime);
}
