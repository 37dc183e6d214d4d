package io.penstock.error;

import org.jspecify.annotations.Nullable;

/**
 * The configuration must be mended first: exit code 78.
 */
public abstract sealed class BadConfig extends PenstockException {

    private static final long serialVersionUID = 1L;

    private BadConfig(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 78;
    }

    /** A setting is missing, unknown, of the wrong type or out of range. */
    public static final class ConfigError extends BadConfig {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public ConfigError(String message) {
            super(message, null);
        }

        /** As {@link #ConfigError(String)}, with the failure behind it. */
        public ConfigError(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** A template cannot be evaluated. */
    public static final class TemplateError extends BadConfig {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public TemplateError(String message) {
            super(message, null);
        }

        /** As {@link #TemplateError(String)}, with the failure behind it. */
        public TemplateError(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** A secret is not where its reference says. */
    public static final class SecretMissing extends BadConfig {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public SecretMissing(String message) {
            super(message, null);
        }

        /** As {@link #SecretMissing(String)}, with the failure behind it. */
        public SecretMissing(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
