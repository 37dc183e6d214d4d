package io.penstock.sink;

import io.penstock.record.Cursor;
import java.util.Optional;

/**
 * What a sink holds of a slice.
 *
 * @param version number of the last commit
 * @param cursor where the slice stands; empty before the first cursor was committed
 */
public record Committed(long version, Optional<Cursor> cursor) {

    /** Nothing yet. */
    public static final Committed NOTHING = new Committed(0, Optional.empty());
}
