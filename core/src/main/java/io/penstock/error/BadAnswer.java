package io.penstock.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server answered, but not with what the connector can use: exit code 76.
 */
public abstract sealed class BadAnswer extends PenstockException {

    private static final long serialVersionUID = 1L;

    private BadAnswer(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 76;
    }

    /** The answer breaks HTTP or its declared encoding. */
    public static final class ProtocolError extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public ProtocolError(String message) {
            super(message, null);
        }

        /** As {@link #ProtocolError(String)}, with the failure behind it. */
        public ProtocolError(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 2;
        }
    }

    /** Another kind of document than was due: HTML, nothing, an error page with status 200. */
    public static final class UnexpectedContent extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public UnexpectedContent(String message) {
            super(message, null);
        }

        /** As {@link #UnexpectedContent(String)}, with the failure behind it. */
        public UnexpectedContent(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 2;
        }
    }

    /** The document is not what its media type promises: broken JSON, bad UTF-8. */
    public static final class MalformedPayload extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public MalformedPayload(String message) {
            super(message, null);
        }

        /** As {@link #MalformedPayload(String)}, with the failure behind it. */
        public MalformedPayload(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 1;
        }
    }

    /** A size, depth, ratio or count went past its limit. */
    public static final class LimitExceeded extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public LimitExceeded(String message) {
            super(message, null);
        }

        /** As {@link #LimitExceeded(String)}, with the failure behind it. */
        public LimitExceeded(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The server refuses this request (4xx) and will refuse it again. */
    public static final class RequestRejected extends BadAnswer {
        private static final long serialVersionUID = 1L;
        private final int status;

        /** Says which request was answered with {@code status} and what mends it. */
        public RequestRejected(String message, int status) {
            super(message, null);
            this.status = status;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }

        @Override
        public Map<String, String> details() {
            return Map.of("status", Integer.toString(status));
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** A request that must not be sent twice was sent, and its answer was lost. */
    public static final class OutcomeUnknown extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public OutcomeUnknown(String message) {
            super(message, null);
        }

        /** As {@link #OutcomeUnknown(String)}, with the failure behind it. */
        public OutcomeUnknown(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The server no longer knows the page token; reading starts again from the last record cursor. */
    public static final class CursorExpired extends BadAnswer {
        private static final long serialVersionUID = 1L;
        private final int status;

        /** Says which request was answered with {@code status} and what mends it. */
        public CursorExpired(String message, int status) {
            super(message, null);
            this.status = status;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }

        @Override
        public Map<String, String> details() {
            return Map.of("status", Integer.toString(status));
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The API sends the walk in a circle. */
    public static final class PaginationLoop extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public PaginationLoop(String message) {
            super(message, null);
        }

        /** As {@link #PaginationLoop(String)}, with the failure behind it. */
        public PaginationLoop(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The API says that there is more, but not where. */
    public static final class PaginationContract extends BadAnswer {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public PaginationContract(String message) {
            super(message, null);
        }

        /** As {@link #PaginationContract(String)}, with the failure behind it. */
        public PaginationContract(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
