package io.penstock.parts.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a slice stands.
 *
 * @param version number of the last commit
 * @param epoch the run that made it
 * @param cursor empty before the first cursor was committed
 */
public record SliceState(long version, long epoch, Optional<Cursor> cursor) {

    /** It was never written. */
    public static final SliceState NOTHING = new SliceState(0, 0, Optional.empty());

    /** The slice after {@code commit}. */
    public SliceState after(Commit commit) {
        return new SliceState(commit.version(), commit.epoch(), commit.cursor().or(() -> cursor));
    }

    /** Whether {@code commit} is the one that was made last: then the answer to it was lost. */
    public boolean isAfter(Commit commit) {
        return epoch == commit.epoch() && version == commit.version();
    }

    /** Whether {@code commit} may be made, or was just made, by the run {@code now}. */
    public boolean takes(Commit commit, long now) {
        return commit.epoch() == now && (isAfter(commit) || commit.version() == version + 1);
    }

    /** Says why {@code commit} may not be made. */
    public StateConflict conflict(SliceId slice, Commit commit, long now) {
        return new StateConflict("the commit " + commit.version() + " of run " + commit.epoch() + " for " + slice
                + " does not follow commit " + version + " in run " + now
                + ": another run has taken over; see that only one runs, and run again");
    }

    /** {@code slices} with another cursor for one of them; its version stays, and a slice without either is none. */
    public static Map<String, SliceState> rewritten(
            Map<String, SliceState> slices, String key, Optional<Cursor> cursor) {
        Map<String, SliceState> all = new LinkedHashMap<>(slices);
        SliceState before = all.getOrDefault(key, NOTHING);
        if (before.version > 0 || cursor.isPresent()) {
            all.put(key, new SliceState(before.version, before.epoch, cursor));
        } else {
            all.remove(key);
        }
        return all;
    }

    /**
     * Proves that the run that holds {@code claim} may change cursors.
     *
     * @param claimed the connections that the run {@code now} has claimed
     * @throws StateConflict if another run has taken over
     */
    public static void requireNewest(SliceId slice, Claim claim, Set<ConnectionId> claimed, long now) {
        if (!claimed.contains(slice.stream().connection()) || claim.epoch() != now) {
            throw new StateConflict("the cursors of " + slice + " are no longer run " + claim.epoch()
                    + "'s to change: another run has taken over; see that only one runs, and do it again");
        }
    }

    /** As others see it. */
    public Committed committed() {
        return new Committed(version, cursor);
    }

    /** Writes {@code slices} as JSON. */
    public static void write(Map<String, SliceState> slices, ArrayNode to) {
        slices.forEach((key, slice) -> {
            var one = to.addObject().put("key", key);
            one.put("version", slice.version()).put("epoch", slice.epoch());
            slice.cursor().ifPresent(cursor -> one.put("cursor", cursor.text()));
        });
    }

    /** Reads what {@link #write} wrote. */
    public static Map<String, SliceState> read(JsonNode from) {
        Map<String, SliceState> slices = new LinkedHashMap<>();
        for (JsonNode one : from) {
            Optional<Cursor> cursor =
                    one.has("cursor") ? Optional.of(new Cursor(one.get("cursor").textValue())) : Optional.empty();
            slices.put(
                    one.required("key").textValue(),
                    new SliceState(
                            one.required("version").longValue(),
                            one.required("epoch").longValue(),
                            cursor));
        }
        return slices;
    }
}
