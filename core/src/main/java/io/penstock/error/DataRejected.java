package io.penstock.error;

import java.util.Arrays;
import java.util.List;
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

        private final String pointer;
        private final long[] positions;

        /** Says what was expected, what was found and what mends it. */
        public RecordRejected(String message) {
            this(message, "", List.of());
        }

        /**
         * As {@link #RecordRejected(String)}, for records that a stage holds.
         *
         * @param pointer JSON Pointer to the value to blame; empty for the whole record
         * @param positions which records, counted from 0 since the stage's last commit, in ascending order
         */
        public RecordRejected(String message, String pointer, List<Long> positions) {
            super(message, null);
            this.pointer = pointer;
            this.positions = positions.stream().mapToLong(Long::longValue).toArray();
        }

        /** As {@link #RecordRejected(String)}, with the failure behind it. */
        public RecordRejected(String message, Throwable cause) {
            super(message, cause);
            this.pointer = "";
            this.positions = new long[0];
        }

        /** JSON Pointer to the value to blame; empty for the whole record, or if it is not known. */
        public String pointer() {
            return pointer;
        }

        /** Which records of a stage, counted from 0 since its last commit; none if that is not known. */
        public List<Long> positions() {
            return Arrays.stream(positions).boxed().toList();
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
