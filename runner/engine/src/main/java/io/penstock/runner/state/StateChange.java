package io.penstock.runner.state;

import io.penstock.config.Nearest;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.sink.Committed;
import io.penstock.source.Source;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a person wishes to have changed; judged against what the sink holds before anything is written. */
@FunctionalInterface
public interface StateChange {

    /**
     * The cursors to be set; empty ones are forgotten.
     *
     * @param held what the sink holds
     * @param source whose cursors they are
     * @throws io.penstock.error.PenstockException if the change is refused
     */
    Map<SliceId, Optional<Cursor>> of(StateDocument held, Source source);

    /**
     * Forgets cursors, so that the next run reads from the beginning; rows stay.
     *
     * @param stream the stream's name; empty for all
     * @param slice the slice's key; empty for all
     * @return refused with {@link ConfigError} if the sink holds nothing of that name
     */
    static StateChange reset(Optional<String> stream, Optional<String> slice) {
        return (held, source) -> {
            stream.ifPresent(
                    name -> require(held.connection() + " has no saved state of a stream ", name, held.streams()));
            StateDocument some =
                    held.only(name -> stream.isEmpty() || stream.get().equals(name));
            SortedSet<String> keys = new TreeSet<>();
            some.slices().keySet().forEach(id -> keys.add(id.key()));
            slice.ifPresent(
                    key -> require("the stream " + stream.orElse("") + " has no saved state of a slice ", key, keys));
            Map<SliceId, Optional<Cursor>> change = new LinkedHashMap<>();
            some.slices().keySet().stream()
                    .filter(id -> slice.isEmpty() || slice.get().equals(id.key()))
                    .forEach(id -> change.put(id, Optional.empty()));
            return change;
        };
    }

    /**
     * Sets the cursors in {@code wanted}, whatever the sink holds; slices that are not in it stay as they are.
     *
     * @return refused with {@link ConfigError} if it is of another connection or has an unknown stream, with
     *     {@link io.penstock.error.StateFailure.StateCorrupt} if a cursor is not one of the source
     */
    static StateChange set(StateDocument wanted) {
        return (held, source) -> {
            requireSame(wanted, held);
            Map<SliceId, Optional<Cursor>> change = new LinkedHashMap<>();
            wanted.slices()
                    .forEach((id, committed) ->
                            change.put(id, committed.cursor().map(cursor -> judged(source, id, cursor))));
            return change;
        };
    }

    /**
     * Sets the cursors in {@code backup} where the sink holds exactly the rows it held then.
     *
     * @param concerned the streams to be restored, by name
     * @return refused with {@link StateConflict} if the sink holds newer rows, with {@link SinkRegressed} if it holds older ones,
     *     and as {@link #set}
     */
    static StateChange restore(StateDocument backup, Predicate<String> concerned) {
        return (held, source) -> {
            requireSame(backup, held);
            held.only(concerned).slices().forEach((id, now) -> requireNotNewer(id, now, backup));
            backup.slices().forEach((id, then) -> requireNotOlder(id, then, held));
            backup.rows().forEach((stream, rows) -> requireRows(stream, rows, held));
            return set(backup).of(held, source);
        };
    }

    private static void require(String problem, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw new ConfigError(problem + name + Nearest.hint(name, known));
        }
    }

    private static void requireSame(StateDocument wanted, StateDocument held) {
        if (!wanted.connection().equals(held.connection())) {
            throw new ConfigError("expected the state of the connection " + held.connection() + ", found that of "
                    + wanted.connection() + ": name that connection with --connection, or give its own file");
        }
    }

    private static Cursor judged(Source source, SliceId id, Cursor cursor) {
        try {
            return source.upgrade(id, cursor);
        } catch (IllegalArgumentException unknown) {
            throw new ConfigError(
                    "the connection " + id.stream().connection() + " has no stream "
                            + id.stream().name() + " (" + unknown.getMessage()
                            + "): remove it from the file, or import one stream"
                            + " with --stream",
                    unknown);
        }
    }

    private static void requireNotNewer(SliceId id, Committed now, StateDocument backup) {
        Committed then = backup.slices().getOrDefault(id, Committed.NOTHING);
        if (now.version() > then.version()) {
            throw new StateConflict("expected " + id + " at version " + then.version() + " as in the backup, found "
                    + now.version()
                    + ": rows were committed since, and reading from the older cursor would bring them again."
                    + " Leave the state as it is, restore the destination of the same day first, or use state import where an"
                    + " upsert makes repeated rows harmless");
        }
    }

    private static void requireNotOlder(SliceId id, Committed then, StateDocument held) {
        Committed now = held.slices().getOrDefault(id, Committed.NOTHING);
        if (now.version() < then.version()) {
            throw new SinkRegressed("expected " + id + " at version " + then.version() + " as in the backup, found "
                    + now.version()
                    + ": the destination holds less than the backup's cursor covers, and rows would be missing."
                    + " Restore the destination of the same day first, or use an older backup of the state");
        }
    }

    private static void requireRows(String stream, long then, StateDocument held) {
        long now = held.rows().getOrDefault(stream, then);
        if (now < then) {
            throw new SinkRegressed("expected " + then + " rows of " + stream + " as in the backup, found " + now
                    + ": rows are missing that the backup's cursor covers. Restore the destination of the same day first, or use"
                    + " state reset to read the stream anew");
        }
    }
}
