package io.penstock.error;

import org.jspecify.annotations.Nullable;

/**
 * The sink failed; what it had committed stands: exit code 74.
 */
public abstract sealed class SinkFailure extends PenstockException {

    private static final long serialVersionUID = 1L;

    private SinkFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 74;
    }

    /** The sink may take the same commit a moment later. */
    public static final class SinkTransient extends SinkFailure {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public SinkTransient(String message) {
            super(message, null);
        }

        /** As {@link #SinkTransient(String)}, with the failure behind it. */
        public SinkTransient(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 5;
        }
    }

    /** The sink will not take this until somebody mends it. */
    public static final class SinkPermanent extends SinkFailure {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public SinkPermanent(String message) {
            super(message, null);
        }

        /** As {@link #SinkPermanent(String)}, with the failure behind it. */
        public SinkPermanent(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** There is no space left. */
    public static final class SinkFull extends SinkFailure {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public SinkFull(String message) {
            super(message, null);
        }

        /** As {@link #SinkFull(String)}, with the failure behind it. */
        public SinkFull(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
