package io.penstock.error;

import java.util.Optional;

/**
 * Where a failure happened.
 *
 * @param stream the stream, as {@code connection/stream}
 * @param slice the slice's key
 * @param attempts how many times the request was sent; 0 if unknown
 * @param requestId the correlation id of the last request
 */
public record Place(Optional<String> stream, Optional<String> slice, int attempts, Optional<String> requestId) {

    /** Nothing is known. */
    public static final Place UNKNOWN = new Place(Optional.empty(), Optional.empty(), 0, Optional.empty());

    /** A place inside a slice. */
    public static Place slice(String stream, String slice) {
        return new Place(Optional.of(stream), Optional.of(slice), 0, Optional.empty());
    }

    /** The last of {@code attempts} tries of a request. */
    public static Place request(int attempts, String requestId) {
        return new Place(Optional.empty(), Optional.empty(), attempts, Optional.of(requestId));
    }

    /** This place, with its gaps filled from {@code other}. */
    Place or(Place other) {
        return new Place(
                stream.or(() -> other.stream),
                slice.or(() -> other.slice),
                attempts > 0 ? attempts : other.attempts,
                requestId.or(() -> other.requestId));
    }
}
