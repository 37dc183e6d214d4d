package io.penstock.sinks.files;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.parts.Compression;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.FileNames;
import io.penstock.parts.directory.Ledger;
import io.penstock.parts.directory.Place;
import io.penstock.parts.directory.SpoolFiles;
import io.penstock.record.Batch;
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

    private final Ledger<DirectoryState> ledger;
    private final Disk disk;
    private final Compression compression;
    private final SpoolFiles spools;
    private final Map<Path, OpenFile> open = new HashMap<>();

    DataFiles(Ledger<DirectoryState> ledger, Compression compression, Disk disk) {
        this.compression = compression;
        this.ledger = ledger;
        this.disk = disk;
        this.spools = new SpoolFiles(Ledger.spools(ledger.root()), disk);
    }

    /** The file of a stream, or of what is to take its place. */
    Path path(StreamState stream, boolean replacing) {
        return ledger.root().resolve(stream.file() + (replacing ? OpenFile.NEXT : ""));
    }

    /** Makes room for a stage. */
    FilePlace place(SliceId slice, boolean replacing) throws IOException {
        StreamState stream = known(slice.stream());
        Path file = path(stream, replacing);
        long committed = stream.generation(replacing).length();
        OpenFile data = open.get(file);
        if (data == null) {
            data = OpenFile.of(file, committed, compression, disk);
            open.put(file, data);
            disk.syncEntries(ledger.root());
        }
        Spool spool = data.spool(committed, spools);
        return new FilePlace(slice, replacing, data, spool);
    }

    /** The state of a stream, which is noted if it is new. */
    StreamState known(StreamId id) throws IOException {
        StreamState stream = ledger.state().streams().get(id);
        String file = FileNames.of(id.name(), ".jsonl" + compression.ending());
        if (stream != null) {
            if (!stream.file().equals(file)) {
                throw new ConfigError("the stream " + id + " was written to " + stream.file()
                        + " before, which cannot go on as " + file
                        + ": set compression as it was, or choose another path");
            }
            return stream;
        }
        StreamState fresh = StreamState.of(id, file);
        FileNames.requireFree(id, file, ledger.state().files());
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
    record FilePlace(SliceId slice, boolean replacing, OpenFile file, Spool spool) implements Place {

        @Override
        public void write(Batch batch) throws IOException {
            spool.write(batch);
        }

        @Override
        public void discard(long page, int attempt) throws IOException {
            spool.discard(page, attempt);
        }
    }
}
