package io.penstock.error;

import org.jspecify.annotations.Nullable;

/**
 * The state is not this run's to change: exit code 73.
 */
public abstract sealed class StateFailure extends PenstockException {

    private static final long serialVersionUID = 1L;

    private StateFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 73;
    }

    /** Another run holds the connection, or has taken it over. */
    public static final class StateConflict extends StateFailure {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public StateConflict(String message) {
            super(message, null);
        }

        /** As {@link #StateConflict(String)}, with the failure behind it. */
        public StateConflict(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The state cannot be read; it is left as it is. */
    public static final class StateCorrupt extends StateFailure {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public StateCorrupt(String message) {
            super(message, null);
        }

        /** As {@link #StateCorrupt(String)}, with the failure behind it. */
        public StateCorrupt(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The sink holds less than its state says: a restored backup, a replaced file. */
    public static final class SinkRegressed extends StateFailure {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public SinkRegressed(String message) {
            super(message, null);
        }

        /** As {@link #SinkRegressed(String)}, with the failure behind it. */
        public SinkRegressed(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
