package io.penstock.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rights or trust are missing: exit code 77.
 */
public abstract sealed class AccessDenied extends PenstockException {

    private static final long serialVersionUID = 1L;

    private AccessDenied(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 77;
    }

    /** The credentials are refused, or do not suffice. */
    public static final class AuthError extends AccessDenied {
        private static final long serialVersionUID = 1L;

        private final int status;

        /** Says what was expected, what was found and what mends it. */
        public AuthError(String message) {
            this(message, 0);
        }

        /** As {@link #AuthError(String)}, with the status of the answer that refuses them. */
        public AuthError(String message, int status) {
            super(message, null);
            this.status = status;
        }

        /** As {@link #AuthError(String)}, with the failure behind it. */
        public AuthError(String message, Throwable cause) {
            super(message, cause);
            this.status = 0;
        }

        /** The status of the answer that refuses them: 401 if they are no longer good, 403 if they do not suffice; 0 for none. */
        public int status() {
            return status;
        }

        @Override
        public Map<String, String> details() {
            return status == 0 ? Map.of() : Map.of("status", Integer.toString(status));
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The grant is dead: a person must log in again. */
    public static final class ReauthorizationRequired extends AccessDenied {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public ReauthorizationRequired(String message) {
            super(message, null);
        }

        /** As {@link #ReauthorizationRequired(String)}, with the failure behind it. */
        public ReauthorizationRequired(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** A URL that came from a peer leads where no request may go. */
    public static final class BlockedDestination extends AccessDenied {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public BlockedDestination(String message) {
            super(message, null);
        }

        /** As {@link #BlockedDestination(String)}, with the failure behind it. */
        public BlockedDestination(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }

    /** The server could not prove who it is. */
    public static final class TlsError extends AccessDenied {
        private static final long serialVersionUID = 1L;

        /** Says what was expected, what was found and what mends it. */
        public TlsError(String message) {
            super(message, null);
        }

        /** As {@link #TlsError(String)}, with the failure behind it. */
        public TlsError(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public int repeats() {
            return 0;
        }
    }
}
