package io.penstock.error;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of one of the kinds Penstock knows.
 *
 * <p>Its place ({@link #in}) is filled in once on the way out, by the innermost layer that knows it. Apart from that it is
 * immutable and safe for concurrent use.
 */
public abstract sealed class PenstockException extends RuntimeException
        permits TryLater, BadAnswer, AccessDenied, DataRejected, SinkFailure, StateFailure, BadConfig, Cancelled {

    private static final long serialVersionUID = 1L;

    private transient volatile Place place = Place.UNKNOWN;
    private transient volatile List<SentRequest> requests = List.of();

    PenstockException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** How many times the same call may be repeated without anybody changing anything; 0 for never. */
    public abstract int repeats();

    /** The exit code of a run that ends with this failure (the numbers of {@code sysexits.h}). */
    public abstract int exitCode();

    /** The kind, in one stable word for machines. */
    public String code() {
        return getClass().getSimpleName();
    }

    /** Single facts for machines, such as a status; never a secret. */
    public Map<String, String> details() {
        return Map.of();
    }

    /** Where it happened, as far as known. */
    public Place place() {
        return Optional.ofNullable(place).orElse(Place.UNKNOWN);
    }

    /** Fills in what is not yet known of the place, and returns this same exception. */
    public PenstockException in(Place where) {
        place = place().or(where);
        return this;
    }

    /** The last requests of whoever failed, the newest last; none if it was no matter of requests. */
    public List<SentRequest> requests() {
        return Optional.ofNullable(requests).orElse(List.of());
    }

    /** Fills in the last requests if they are not yet known, and returns this same exception. */
    public PenstockException after(List<SentRequest> sent) {
        if (requests().isEmpty()) {
            requests = List.copyOf(sent);
        }
        return this;
    }
}
