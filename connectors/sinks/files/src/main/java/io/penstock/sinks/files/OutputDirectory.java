package io.penstock.sinks.files;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.parts.Compression;
import io.penstock.parts.PartsTarget;
import io.penstock.parts.directory.CommitQueue.Waiting;
import io.penstock.parts.directory.DirectorySink;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.FileNames;
import io.penstock.parts.directory.Ledger;
import io.penstock.parts.directory.SliceState;
import io.penstock.parts.directory.StateFile;
import io.penstock.parts.directory.Target;
import io.penstock.parts.directory.WritablePath;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.files.DataFiles.FilePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory as one run uses it, from its check to its close. Blocks; confined to the writer thread but for {@link #lookCommand()}. */
final class OutputDirectory implements Target<FilePlace> {

    /** The name of the state file. */
    static final String STATE = "state";

    private final Path path;
    private final Compression compression;
    private final Disk disk;
    private final Set<ConnectionId> claimed = new HashSet<>();
    private volatile String look = "";
    private @Nullable Held held;
    private boolean closed;

    /** What there is once the lock is taken. */
    private record Held(Ledger<DirectoryState> ledger, DataFiles files, Publication publication) {}

    OutputDirectory(Path path, Compression compression, Disk disk) {
        this.compression = compression;
        this.path = path;
        this.disk = disk;
    }

    @Override
    public CommitCadence cadence() {
        return DirectorySink.CADENCE;
    }

    @Override
    public void check() throws IOException {
        new WritablePath(path).check();
        saved();
    }

    private DirectoryState saved() throws IOException {
        Path own = path.resolve(StateFile.FOLDER);
        if (Files.exists(own.resolve(PartsTarget.STATE))) {
            throw new ConfigError(path + " holds part files of another kind of sink: choose another path");
        }
        return stateFile(own, disk).load().orElse(DirectoryState.EMPTY);
    }

    /** The state of the directory, in its folder {@code own}. */
    static StateFile<DirectoryState> stateFile(Path own, Disk disk) {
        return new StateFile<>(own, STATE, new StateJson(), disk);
    }

    @Override
    public Claim claim(ConnectionId connection) throws IOException {
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
            saved();
            Ledger<DirectoryState> ledger = Ledger.open(
                    root,
                    stateFile(root.resolve(StateFile.FOLDER), disk),
                    known -> new Recovery(root, disk)
                            .recover(known.orElse(DirectoryState.EMPTY))
                            .nextEpoch());
            DataFiles files = new DataFiles(ledger, compression, disk);
            now = new Held(ledger, files, new Publication(ledger, files, compression, disk));
            held = now;
            ledger.state().streams().values().stream().findFirst().ifPresent(stream -> look(root, stream));
        }
        return now;
    }

    private void look(Path root, StreamState stream) {
        String quoted = FileNames.quoted(root.resolve(stream.file()).toString());
        look = switch (compression) {
            case NONE -> "head " + quoted;
            case GZIP -> "gzip -dc " + quoted + " | head";
            case ZSTD -> "zstd -dc " + quoted + " | head";
        };
    }

    @Override
    public FilePlace open(StreamInfo info, SliceId slice, WriteMode mode) throws IOException {
        Held now = hold();
        StreamId id = slice.stream();
        if (!claimed.contains(id.connection())) {
            throw new StateConflict("the connection " + id.connection() + " has not claimed " + path);
        }
        boolean replaces = mode == WriteMode.REPLACE;
        boolean first = !now.ledger.state().streams().containsKey(id);
        FilePlace place = now.files.place(slice, replaces);
        if (first) {
            look(now.ledger.root(), now.files.known(id));
        }
        if (replaces) {
            now.publication.begin(id);
        }
        return place;
    }

    @Override
    public void commit(List<Waiting<FilePlace>> group) throws IOException {
        GroupCommit.of(group, hold().ledger);
    }

    @Override
    public void publish(StreamId id) throws IOException {
        hold().publication.publish(id);
    }

    @Override
    public void leave(FilePlace place) throws IOException {
        place.file().release(place.spool());
    }

    @Override
    public @Nullable Long rows(StreamId id) throws IOException {
        DirectoryState known = held != null ? held.ledger.state() : saved();
        StreamState stream = known.streams().get(id);
        return stream == null ? null : (Long) stream.current().rows();
    }

    @Override
    public void forget(StreamId id) throws IOException {
        Ledger<DirectoryState> ledger = hold().ledger;
        StreamState stream = ledger.state().streams().get(id);
        if (stream != null) {
            ledger.save(ledger.state().with(stream.withCurrent(stream.current().forgotten())));
        }
    }

    /** The streams of new cursors are noted first, then one state with all cursors is saved. */
    @Override
    public void rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) throws IOException {
        Held now = hold();
        now.ledger.requireWritable();
        for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
            SliceState.requireNewest(
                    change.getKey(), claim, claimed, now.ledger.state().epoch());
            if (change.getValue().isPresent()) {
                now.files.known(change.getKey().stream());
            }
        }
        DirectoryState changed = now.ledger.state();
        for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
            StreamState stream = changed.streams().get(change.getKey().stream());
            if (stream != null) {
                changed = changed.with(stream.withCurrent(
                        stream.current().rewritten(change.getKey().key(), change.getValue())));
            }
        }
        now.ledger.save(changed);
    }

    @Override
    public String lookCommand() {
        return look;
    }

    @Override
    public void close() throws IOException {
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
