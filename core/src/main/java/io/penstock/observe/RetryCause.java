package io.penstock.observe;

import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.error.TryLater.UpstreamError;
import java.util.Locale;

/** Why a try is repeated: a closed list, so that it may divide a meter and the parts add up. */
public enum RetryCause {
    /** No answer: name resolution, connecting, a reset, a deadline. */
    NETWORK,
    /** The answer broke off. */
    TRUNCATED,
    /** The quota is spent. */
    THROTTLE,
    /** The server failed. */
    SERVER,
    /** The answer was whole, and not what it should have been. */
    CONTENT;

    /** The cause that {@code failure} is. */
    public static RetryCause of(PenstockException failure) {
        if (failure instanceof NetworkError) {
            return NETWORK;
        }
        if (failure instanceof TruncatedResponse) {
            return TRUNCATED;
        }
        if (failure instanceof Throttled) {
            return THROTTLE;
        }
        return failure instanceof UpstreamError ? SERVER : CONTENT;
    }

    /** As a tag, such as {@code throttle}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
