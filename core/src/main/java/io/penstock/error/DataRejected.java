package io.penstock.error;

import org.jspecify.annotations.Nullable;

/**
 * A record does not fit: exit code 65 when it fails the run.
 */
public abstract sealed class DataRejected extends PenstockException {

    private static final long serialVersionUID = 1L;

    private DataRejected(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 65;
    }

    /** The data has another shape than the schema allows. */
    public static final class SchemaViolation extends DataRejected {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public SchemaViolation(String message) {
            super(message, null);
        }

        /** As {@link #SchemaViolation(String)}, with the failure behind it. */
        public SchemaViolation(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** One record cannot be taken as it is without changing it. */
    public static final class RecordRejected extends DataRejected {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public RecordRejected(String message) {
            super(message, null);
        }

        /** As {@link #RecordRejected(String)}, with the failure behind it. */
        public RecordRejected(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
