package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.util.Map;

/**
 * Finds a secret by its reference {@code ${scheme:name}}.
 *
 * <p>Implementations are safe for concurrent use and may read a file or a variable, nothing slower.
 */
@FunctionalInterface
public interface SecretSource {

    /** Knows {@code env:NAME} and {@code file:path}; a file's last line break is dropped, and it must be kept from others. */
    SecretSource ENVIRONMENT = of(System.getenv());

    /**
     * Finds one secret.
     *
     * @param scheme such as {@code env}
     * @param name what the scheme calls it
     * @throws SecretMissing naming the reference if there is none, it is empty, or the scheme is unknown
     */
    Secret resolve(String scheme, String name);

    /** A source that reads {@code variables} instead of the process's own. */
    static SecretSource of(Map<String, String> variables) {
        return (scheme, name) -> switch (scheme) {
            case "env" -> variable(variables, name);
            case "file" -> file(name);
            default ->
                throw new SecretMissing(
                        "the reference ${" + scheme + ":" + name + "} has an unknown scheme: use env or file");
        };
    }

    private static Secret variable(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null || value.isEmpty()) {
            throw new SecretMissing("the environment variable " + name + " is not set: export " + name + "=...");
        }
        return Secret.named("env:" + name, value);
    }

    private static Secret file(String name) {
        return Secret.named("file:" + name, SecretFile.read(name));
    }
}
