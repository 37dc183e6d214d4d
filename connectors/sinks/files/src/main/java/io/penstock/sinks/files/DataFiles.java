package io.penstock.sinks.files;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The data files that a run has open, and the stages on them. Confined to the writer thread. */
final class DataFiles {

    private final Ledger ledger;
    private final Disk disk;
    private final SpoolFiles spools;
    private final Map<Path, OpenFile> open = new HashMap<>();

    DataFiles(Ledger ledger, Disk disk) {
        this.ledger = ledger;
        this.disk = disk;
        this.spools = new SpoolFiles(Ledger.spools(ledger.root()), disk);
    }

    /** The file of a stream, or of what is to take its place. */
    Path path(StreamState stream, boolean replacing) {
        return ledger.root().resolve(stream.file() + (replacing ? OpenFile.NEXT : ""));
    }

    /** Makes room for a stage. */
    Place place(SliceId slice, boolean replacing) throws IOException {
        StreamState stream = known(slice.stream());
        Path file = path(stream, replacing);
        long committed = stream.generation(replacing).length();
        OpenFile data = open.get(file);
        if (data == null) {
            data = OpenFile.of(file, committed, disk);
            open.put(file, data);
            disk.syncEntries(ledger.root());
        }
        Spool spool = data.spool(committed, spools);
        return new Place(slice, replacing, data, spool);
    }

    /** The state of a stream, which is noted if it is new. */
    StreamState known(StreamId id) throws IOException {
        StreamState stream = ledger.state().streams().get(id);
        if (stream != null) {
            return stream;
        }
        StreamState fresh = StreamState.of(id, FileNames.of(id.name()));
        FileNames.requireFree(id, fresh.file(), ledger.state().streams().values());
        requireAbsent(path(fresh, false));
        requireAbsent(path(fresh, true));
        ledger.save(ledger.state().with(fresh)); // before the file is made, so that a file without state is never ours
        return fresh;
    }

    private static void requireAbsent(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigError("expected no file at " + file
                    + ", found an output file that is not ours: choose another path or move it");
        }
    }

    /** Closes a file, if it is open, with all stages on it. */
    void letGo(Path file) throws IOException {
        OpenFile data = open.remove(file);
        if (data != null) {
            data.close();
        }
    }

    /** Closes all files. */
    void letGo() throws IOException {
        for (Path file : Set.copyOf(open.keySet())) {
            letGo(file);
        }
    }

    /**
     * Where a stage writes.
     *
     * @param replacing whether it builds what will take the place of all older rows
     * @param file the data file its rows go to
     */
    record Place(SliceId slice, boolean replacing, OpenFile file, Spool spool) {}
}
