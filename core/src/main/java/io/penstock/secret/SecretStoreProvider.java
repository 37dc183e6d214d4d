package io.penstock.secret;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import java.util.List;

/** Opens one kind of {@link SecretStore}; found by the service loader. Safe for concurrent use. */
public interface SecretStoreProvider {

    /** The scheme of its references, such as {@code vault} in {@code ${vault:shop/api#token}}; lower case, unique. */
    String scheme();

    /** What it is, in one line. */
    String summary();

    /** What can be set under {@code secrets} and its scheme in a plan; secrets among them come from the environment or files. */
    List<Setting<?>> settings();

    /**
     * Opens a store; MUST NOT connect before something is read.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the settings do not fit together
     */
    SecretStore open(Config config, SecretRuntime runtime);
}
