package io.penstock.sink;

import io.penstock.record.SliceId;
import java.util.Map;

/**
 * The right of one run to write a connection's data, and where its slices stand.
 *
 * @param epoch fencing number: higher than that of any run before
 * @param committed what the sink holds of each slice
 */
public record Claim(long epoch, Map<SliceId, Committed> committed) {

    /** Copies the map. */
    public Claim {
        committed = Map.copyOf(committed);
    }

    /** Where {@code slice} stands; {@link Committed#NOTHING} if it was never written. */
    public Committed of(SliceId slice) {
        return committed.getOrDefault(slice, Committed.NOTHING);
    }
}
