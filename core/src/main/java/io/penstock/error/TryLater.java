package io.penstock.error;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same run may succeed later, unchanged: exit code 75.
 */
public abstract sealed class TryLater extends PenstockException {

    private static final long serialVersionUID = 1L;

    private TryLater(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 75;
    }

    /** The network failed: name resolution, connecting, a reset, a deadline. */
    public static final class NetworkError extends TryLater {
        private static final long serialVersionUID = 1L;

        /** At which step the network failed. */
        public enum Step {
            /** The host name has no address. */
            DNS,
            /** No connection: refused, no route, deadline, TLS handshake cut short. */
            CONNECT,
            /** No free connection in the local pool within its deadline. */
            POOL,
            /** The connection broke after the request was on its way. */
            RESET,
            /** A deadline passed after the request was on its way. */
            TIMEOUT
        }

        private final Step step;

        /** Says which host failed at which step. */
        public NetworkError(Step step, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.step = step;
        }

        /** At which step it failed. */
        public Step step() {
            return step;
        }

        /** Whether no byte of the request can have reached the server, so that any method may be sent again. */
        public boolean unsent() {
            return step == Step.DNS || step == Step.CONNECT || step == Step.POOL;
        }

        @Override
        public Map<String, String> details() {
            return Map.of("step", step.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public int repeats() {
            return step == Step.DNS ? 2 : Integer.MAX_VALUE;
        }
    }

    /** The answer broke off before its end was proven; nothing of it was used. */
    public static final class TruncatedResponse extends TryLater {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public TruncatedResponse(String message) {
            super(message, null);
        }

        /** As {@link #TruncatedResponse(String)}, with the failure behind it. */
        public TruncatedResponse(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return Integer.MAX_VALUE;
        }
    }

    /** The quota is spent: nothing more may be sent before {@link #retryAfter()} has passed. */
    public static final class Throttled extends TryLater {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final Duration retryAfter;
        private final @Nullable Instant resumeAt;

        /**
         * A throttle worth waiting for.
         *
         * @param retryAfter the shortest wait the server asked for; zero if it gave no hint
         */
        public Throttled(String message, int status, Duration retryAfter) {
            this(message, status, retryAfter, null);
        }

        /**
         * A throttle, with the wall-clock time at which to come back when the wait is longer than allowed.
         *
         * @param resumeAt null when the wait is short enough to be sat out
         */
        public Throttled(String message, int status, Duration retryAfter, @Nullable Instant resumeAt) {
            super(message, null);
            this.status = status;
            this.retryAfter = retryAfter;
            this.resumeAt = resumeAt;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }

        /** The shortest wait the server asked for; zero if it gave no hint. */
        public Duration retryAfter() {
            return retryAfter;
        }

        /** When to run again, if the server asks for a longer wait than is sat out. */
        public Optional<Instant> resumeAt() {
            return Optional.ofNullable(resumeAt);
        }

        @Override
        public Map<String, String> details() {
            String after = Long.toString(retryAfter.toMillis());
            return resumeAt == null
                    ? Map.of("status", Integer.toString(status), "retry_after_ms", after)
                    : Map.of("status", Integer.toString(status), "resume_at", resumeAt.toString());
        }

        @Override
        public int repeats() {
            return resumeAt == null ? Integer.MAX_VALUE : 0;
        }
    }

    /** The server failed (5xx and their like). */
    public static final class UpstreamError extends TryLater {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final Duration retryAfter;

        /**
         * A failed answer.
         *
         * @param retryAfter the shortest wait the server asked for; zero if it gave no hint
         */
        public UpstreamError(String message, int status, Duration retryAfter) {
            super(message, null);
            this.status = status;
            this.retryAfter = retryAfter;
        }

        /** The HTTP status of the answer. */
        public int status() {
            return status;
        }

        /** The shortest wait the server asked for; zero if it gave no hint. */
        public Duration retryAfter() {
            return retryAfter;
        }

        @Override
        public Map<String, String> details() {
            return Map.of("status", Integer.toString(status));
        }

        @Override
        public int repeats() {
            return Integer.MAX_VALUE;
        }
    }

    /** The time for retries is used up, or the circuit stayed open past the deadline. */
    public static final class UpstreamUnavailable extends TryLater {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public UpstreamUnavailable(String message) {
            super(message, null);
        }

        /** As {@link #UpstreamUnavailable(String)}, with the failure behind it. */
        public UpstreamUnavailable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
