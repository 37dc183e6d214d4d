package io.penstock.parts;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.parts.directory.CommitQueue.Waiting;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.FileNames;
import io.penstock.parts.directory.Ledger;
import io.penstock.parts.directory.SliceState;
import io.penstock.parts.directory.SpoolFiles;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory of part files as one run uses it. Blocks; confined to the writer thread but for what {@link Target} says. */
public final class PartsTarget implements Target<PartPlace> {

    /** The name of the manifest, in our own folder of the directory. */
    public static final String STATE = "manifest";

    /** The state of a directory of growing files; such a one cannot be shared. */
    private static final String OTHERS = "state";

    private final Path path;
    private final PartFormat format;
    private final List<PartitionField> fields;
    private final Roll roll;
    private final Disk disk;
    private final Set<ConnectionId> claimed = new HashSet<>();
    private volatile String look = "";
    private @Nullable Held held;
    private boolean closed;

    /** What there is once the lock is taken. */
    private record Held(
            Ledger<Manifest> ledger,
            PartFiles files,
            SpoolFiles spools,
            PartWriter writer,
            PartsPublication publication) {}

    PartsTarget(Path path, PartFormat format, List<PartitionField> fields, Roll roll, Disk disk) {
        this.path = path;
        this.format = format;
        this.fields = List.copyOf(fields);
        this.roll = roll;
        this.disk = disk;
    }

    @Override
    public CommitCadence cadence() {
        return roll.cadence();
    }

    @Override
    public void check() throws IOException {
        new WritablePath(path).check();
        requireOurs(path);
        stateFile(path, disk).load();
    }

    /** The manifest of the directory {@code root}. */
    static StateFile<Manifest> stateFile(Path root, Disk disk) {
        return new StateFile<>(root.resolve(StateFile.FOLDER), STATE, new ManifestJson(), disk);
    }

    private static void requireOurs(Path root) {
        if (Files.exists(root.resolve(StateFile.FOLDER).resolve(OTHERS))) {
            throw new ConfigError(root + " holds one growing file for each stream, as jsonl writes them without roll"
                    + " and partition_by: choose another path");
        }
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
            requireOurs(root);
            PartFiles files = new PartFiles(root, format.ending(), disk);
            Ledger<Manifest> ledger = Ledger.open(root, stateFile(root, disk), new PartsRecovery(files));
            Path spools = Ledger.spools(root);
            LineSorter sorter = new LineSorter(fields, roll.bytes(), spools, disk);
            now = new Held(
                    ledger,
                    files,
                    new SpoolFiles(spools, disk),
                    new PartWriter(format, files, sorter),
                    new PartsPublication(ledger, files));
            held = now;
            ledger.state().streams().values().stream().findFirst().ifPresent(stream -> look(root, stream));
        }
        return now;
    }

    private void look(Path root, StreamParts stream) {
        look = format.look(root.resolve(stream.folder()));
    }

    @Override
    public PartPlace open(StreamInfo stream, SliceId slice, WriteMode mode) throws IOException {
        Held now = hold();
        if (!claimed.contains(stream.id().connection())) {
            throw new StateConflict("the connection " + stream.id().connection() + " has not claimed " + path);
        }
        StreamParts known = known(now, stream.id());
        if (look.isEmpty()) {
            look(now.ledger.root(), known);
        }
        boolean replaces = mode == WriteMode.REPLACE;
        if (replaces) {
            now.publication.begin(stream.id());
        }
        return new PartPlace(stream, slice, replaces, now.spools.apart(), format.scan());
    }

    /** The parts of a stream, which is noted if it is new: before its folder is made, so that one without a note is never ours. */
    private StreamParts known(Held now, StreamId id) throws IOException {
        StreamParts stream = now.ledger.state().streams().get(id);
        if (stream != null) {
            return stream;
        }
        String folder = FileNames.of(id.name(), "");
        FileNames.requireFree(id, folder, now.ledger.state().folders());
        Path place = now.ledger.root().resolve(folder);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigError("expected nothing at " + place
                    + ", found an output that is not ours: choose another path or move it");
        }
        StreamParts fresh = StreamParts.of(id, folder);
        now.ledger.save(now.ledger.state().with(fresh));
        return fresh;
    }

    @Override
    public void commit(List<Waiting<PartPlace>> group) throws IOException {
        Held now = hold();
        PartsCommit.of(group, now.ledger, now.files, now.writer);
    }

    @Override
    public void publish(StreamId id) throws IOException {
        Held now = hold();
        now.publication.publish(known(now, id));
    }

    @Override
    public void leave(PartPlace place) throws IOException {
        place.spool().close();
    }

    @Override
    public @Nullable Long rows(StreamId id) throws IOException {
        Manifest manifest = held != null
                ? held.ledger.state()
                : stateFile(path, disk).load().orElse(null);
        StreamParts stream = manifest == null ? null : manifest.streams().get(id);
        return stream == null ? null : (Long) stream.current().rows();
    }

    @Override
    public void forget(StreamId id) throws IOException {
        Ledger<Manifest> ledger = hold().ledger;
        StreamParts stream = ledger.state().streams().get(id);
        if (stream != null) {
            ledger.save(ledger.state().with(stream.with(false, stream.current().forgotten())));
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
                known(now, change.getKey().stream());
            }
        }
        Manifest changed = now.ledger.state();
        for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
            StreamParts stream = changed.streams().get(change.getKey().stream());
            if (stream != null) {
                changed = changed.with(stream.with(
                        false, stream.current().rewritten(change.getKey().key(), change.getValue())));
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
        try {
            format.close();
        } finally {
            if (last != null) {
                last.ledger.close();
            }
        }
    }
}
