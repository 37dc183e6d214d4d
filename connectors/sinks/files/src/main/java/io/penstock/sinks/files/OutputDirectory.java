package io.penstock.sinks.files;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.PrivateFiles;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory, its lock and its state. Blocks; confined to the writer thread but for {@link #lookCommand()}.
 */
final class OutputDirectory {

    private final Path path;
    private final Set<ConnectionId> claimed = new HashSet<>();
    private final Set<StreamId> replacing = new HashSet<>();
    private final Set<StreamId> published = new HashSet<>();
    private final Map<Path, OpenFile> open = new HashMap<>();
    private volatile String look = "";
    private DirectoryState state = DirectoryState.EMPTY;
    private @Nullable Held held;
    private boolean closed;
    private boolean broken;

    /** What there is once the lock is taken. */
    private record Held(DirectoryLock lock, Path root, StateFile file, SpoolNames spools) {}

    OutputDirectory(Path path) {
        this.path = path;
    }

    /** Proves that the directory, or the one it will be made in, can be written, and that its state can be read. */
    void check() throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new ConfigError("expected a directory at " + path + ", found a file: choose another path");
        }
        Path nearest = path;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            throw new ConfigError("cannot write to " + nearest + ": mend its permissions or choose another path");
        }
        Files.delete(Files.createTempFile(nearest, ".penstock-check", ""));
        new StateFile(path.resolve(".penstock")).load();
    }

    /** Takes the directory for a run of {@code connection}; what dead runs left half done is undone. */
    Claim claim(ConnectionId connection) throws IOException {
        hold();
        if (!claimed.add(connection)) {
            throw new StateConflict("the connection " + connection + " is already being written to " + path);
        }
        return state.claim(connection);
    }

    private Held hold() throws IOException {
        if (closed) {
            throw new StateConflict("the sink " + path + " was closed");
        }
        if (held == null) {
            check();
            PrivateFiles.directory(path);
            Path root = path.toRealPath();
            Path own = root.resolve(".penstock");
            if (Files.isSymbolicLink(own)) {
                throw new ConfigError(
                        "expected a directory at " + own + ", found a symbolic link, which is not followed");
            }
            Path spools = own.resolve("spool");
            PrivateFiles.directory(spools);
            DirectoryLock lock = DirectoryLock.take(own.resolve("lock"));
            try {
                StateFile file = new StateFile(own);
                state = new Recovery(root)
                        .recover(file.load().orElse(DirectoryState.EMPTY))
                        .nextEpoch();
                PrivateFiles.empty(spools);
                file.save(state);
                held = new Held(lock, root, file, new SpoolNames(spools));
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
            state.streams().values().stream().findFirst().ifPresent(stream -> look(root, stream));
        }
        return held;
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
        StreamState stream = known(now, id);
        Path file = now.root.resolve(stream.file() + (replaces ? OpenFile.NEXT : ""));
        long committed = stream.generation(replaces).length();
        OpenFile data = open.get(file);
        if (data == null) {
            data = OpenFile.of(file, committed);
            open.put(file, data);
            PrivateFiles.sync(now.root);
        }
        if (replaces) {
            replacing.add(id);
        }
        return new Place(slice, replaces, data, data.spool(committed, now.spools));
    }

    private StreamState known(Held now, StreamId id) throws IOException {
        StreamState stream = state.streams().get(id);
        if (stream != null) {
            return stream;
        }
        StreamState fresh = StreamState.of(id, FileNames.of(id.name()));
        FileNames.requireFree(id, fresh.file(), state.streams().values());
        for (String name : new String[] {fresh.file(), fresh.file() + OpenFile.NEXT}) {
            Path file = now.root.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ConfigError("expected no file at " + file
                        + ", found an output file that is not ours: choose another" + " path or move it");
            }
        }
        save(now, state.with(fresh)); // before the file is made, so that a file without state is never ours
        look(now.root, fresh);
        return fresh;
    }

    /** Makes rows and cursor durable together, in this order: rows first, state second. */
    void commit(Place place, Commit commit) throws IOException {
        Held now = usable();
        StreamState stream =
                state.streams().getOrDefault(place.slice().stream(), StreamState.of(place.slice().stream(), ""));
        SliceState slice = stream.slice(place.slice().key(), place.replacing());
        if (commit.epoch() == state.epoch() && slice.epoch() == commit.epoch() && slice.version() == commit.version()) {
            place.spool().clear(); // the answer to this very commit was lost
            return;
        }
        if (commit.epoch() != state.epoch() || commit.version() != slice.version() + 1) {
            throw new StateConflict(
                    "the commit " + commit.version() + " of run " + commit.epoch() + " for " + place.slice()
                            + " does not follow commit " + slice.version() + " in run " + state.epoch()
                            + ": another run has taken over; see that only one runs, and run again");
        }
        now.lock.requireHeld();
        Generation before = stream.generation(place.replacing());
        try {
            KillPoint.reach("files.commit.begun");
            long length = place.file().append(place.spool(), before.length());
            KillPoint.reach("files.commit.synced");
            Generation after = before.grown(
                    length,
                    before.rows() + place.spool().records(),
                    place.file().tail(length),
                    place.slice().key(),
                    slice.after(commit));
            save(now, state.with(place.replacing() ? stream.withNext(Optional.of(after)) : stream.withCurrent(after)));
            KillPoint.reach("files.commit.saved");
        } catch (IOException | RuntimeException failure) {
            broken = true; // after a failed sync nobody knows what the disk holds: the next claim finds out
            throw failure;
        }
        if (place.spool().isTail()) {
            place.spool().settle();
        } else {
            place.spool().clear();
        }
    }

    private Held usable() throws IOException {
        if (broken) {
            throw new SinkPermanent(
                    "an earlier commit to " + path + " has failed, so that nothing more is written in this run;"
                            + " what was committed before it stands: run again");
        }
        return hold();
    }

    private void save(Held now, DirectoryState fresh) throws IOException {
        now.file.save(fresh);
        state = fresh;
    }

    /** Puts what this run has committed in the place of all older rows. */
    void publish(StreamId id) throws IOException {
        Held now = usable();
        if (!replacing.contains(id) && published.contains(id)) {
            return;
        }
        StreamState stream = known(now, id);
        Path file = now.root.resolve(stream.file());
        Path next = now.root.resolve(stream.file() + OpenFile.NEXT);
        letGo(file);
        letGo(next);
        now.lock.requireHeld();
        OpenFile.of(next, stream.generation(true).length()).close();
        PrivateFiles.sync(now.root);
        StreamState decided =
                stream.withNext(Optional.of(stream.generation(true))).decided();
        save(now, state.with(decided));
        KillPoint.reach("files.publish.decided");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.sync(now.root);
        KillPoint.reach("files.publish.renamed");
        save(now, state.with(decided.swapped()));
        replacing.remove(id);
        published.add(id);
    }

    private void letGo(Path file) throws IOException {
        OpenFile data = open.remove(file);
        if (data != null) {
            data.close();
        }
    }

    /** Drops what a stage has not committed. */
    void leave(Place place) throws IOException {
        place.file().release(place.spool());
    }

    /** Committed rows that readers see; null if unknown. */
    @Nullable Long rows(StreamId id) throws IOException {
        DirectoryState known = held != null
                ? state
                : new StateFile(path.resolve(".penstock")).load().orElse(DirectoryState.EMPTY);
        StreamState stream = known.streams().get(id);
        return stream == null ? null : (Long) stream.current().rows();
    }

    /** Forgets where the slices of a stream stand. */
    void forget(StreamId id) throws IOException {
        Held now = hold();
        StreamState stream = state.streams().get(id);
        if (stream != null) {
            save(now, state.with(stream.withCurrent(stream.current().forgotten())));
        }
    }

    String lookCommand() {
        return look;
    }

    /** Lets go of everything. */
    void close() throws IOException {
        closed = true;
        for (Path file : Set.copyOf(open.keySet())) {
            letGo(file);
        }
        Held last = held;
        if (last != null) {
            held = null;
            last.lock.close();
        }
    }
}
