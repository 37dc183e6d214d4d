package io.penstock.sinks.files;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Claim;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.files.CommitQueue.Waiting;
import io.penstock.sinks.files.DataFiles.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory as one run uses it, from its check to its close. Blocks; confined to the writer thread but for {@link #lookCommand()}. */
final class OutputDirectory {

    private final Path path;
    private final Disk disk;
    private final Set<ConnectionId> claimed = new HashSet<>();
    private volatile String look = "";
    private @Nullable Held held;
    private boolean closed;

    /** What there is once the lock is taken. */
    private record Held(Ledger ledger, DataFiles files, Publication publication) {}

    OutputDirectory(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
    }

    /** Proves that the directory can be written, and that its state can be read. */
    void check() throws IOException {
        new WritablePath(path).check();
        saved();
    }

    private DirectoryState saved() throws IOException {
        return new StateFile(path.resolve(StateFile.FOLDER), disk).load().orElse(DirectoryState.EMPTY);
    }

    /** Takes the directory for a run of {@code connection}; what dead runs left half done is undone. */
    Claim claim(ConnectionId connection) throws IOException {
        Held now = hold();
        if (!claimed.add(connection)) {
            throw new StateConflict("the connection " + connection + " is already being written to " + path);
        }
        return now.ledger.state().claim(connection);
    }

    private Held hold() throws IOException {
        if (closed) {
            throw new StateConflict("the sink " + path + " was closed");
        }
        Held now = held;
        if (now == null) {
            Path root = new WritablePath(path).make();
            Ledger ledger = Ledger.open(root, disk);
            DataFiles files = new DataFiles(ledger, disk);
            now = new Held(ledger, files, new Publication(ledger, files, disk));
            held = now;
            ledger.state().streams().values().stream().findFirst().ifPresent(stream -> look(root, stream));
        }
        return now;
    }

    private void look(Path root, StreamState stream) {
        String file = root.resolve(stream.file()).toString();
        look = "head " + (file.matches("[\\w./-]+") ? file : "'" + file.replace("'", "'\\''") + "'");
    }

    /** Makes room for a stage. */
    Place open(SliceId slice, WriteMode mode) throws IOException {
        Held now = hold();
        StreamId id = slice.stream();
        if (mode == WriteMode.UPSERT) {
            throw new ConfigError("JSON lines cannot be changed in place, so that " + id
                    + " cannot be upserted into them: choose append or replace, or another sink");
        }
        if (!claimed.contains(id.connection())) {
            throw new StateConflict("the connection " + id.connection() + " has not claimed " + path);
        }
        boolean replaces = mode == WriteMode.REPLACE;
        boolean first = !now.ledger.state().streams().containsKey(id);
        Place place = now.files.place(slice, replaces);
        if (first) {
            look(now.ledger.root(), now.files.known(id));
        }
        if (replaces) {
            now.publication.begin(id);
        }
        return place;
    }

    /** Makes rows and cursors durable together; each of {@code group} is told how it went. */
    void commit(List<Waiting> group) throws IOException {
        GroupCommit.of(group, hold().ledger);
    }

    /** Puts what this run has committed in the place of all older rows. */
    void publish(StreamId id) throws IOException {
        hold().publication.publish(id);
    }

    /** Drops what a stage has not committed. */
    void leave(Place place) throws IOException {
        place.file().release(place.spool());
    }

    /** Committed rows that readers see; null if unknown. */
    @Nullable Long rows(StreamId id) throws IOException {
        DirectoryState known = held != null ? held.ledger.state() : saved();
        StreamState stream = known.streams().get(id);
        return stream == null ? null : (Long) stream.current().rows();
    }

    /** Forgets where the slices of a stream stand. */
    void forget(StreamId id) throws IOException {
        Ledger ledger = hold().ledger;
        StreamState stream = ledger.state().streams().get(id);
        if (stream != null) {
            ledger.save(ledger.state().with(stream.withCurrent(stream.current().forgotten())));
        }
    }

    /** Gives slices other cursors: their streams are noted first, then one state with all of them is saved. */
    void rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) throws IOException {
        Held now = hold();
        now.ledger.requireWritable();
        for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
            StreamId id = change.getKey().stream();
            if (!claimed.contains(id.connection())
                    || claim.epoch() != now.ledger.state().epoch()) {
                throw new StateConflict("the cursors of " + change.getKey() + " are no longer run " + claim.epoch()
                        + "'s to change: another run has taken over; see that only one runs, and do it again");
            }
            if (change.getValue().isPresent()) {
                now.files.known(id);
            }
        }
        DirectoryState changed = now.ledger.state();
        for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
            StreamState stream = changed.streams().get(change.getKey().stream());
            if (stream != null) {
                changed = changed.with(stream.withCurrent(
                        stream.current().standing(change.getKey().key(), change.getValue())));
            }
        }
        now.ledger.save(changed);
    }

    String lookCommand() {
        return look;
    }

    /** Lets go of everything. */
    void close() throws IOException {
        closed = true;
        Held last = held;
        held = null;
        if (last != null) {
            try {
                last.files.letGo();
            } finally {
                last.ledger.close();
            }
        }
    }
}
