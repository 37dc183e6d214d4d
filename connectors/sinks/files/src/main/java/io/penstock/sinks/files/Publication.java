package io.penstock.sinks.files;

import io.penstock.parts.Compression;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.Ledger;
import io.penstock.record.StreamId;
import io.penstock.sink.KillPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Puts what a run has committed in the place of all older rows: decided in the state first, then renamed. Confined to the writer thread. */
final class Publication {

    private final Ledger<DirectoryState> ledger;
    private final DataFiles files;
    private final Compression compression;
    private final Disk disk;
    private final Set<StreamId> replacing = new HashSet<>();
    private final Set<StreamId> published = new HashSet<>();

    Publication(Ledger<DirectoryState> ledger, DataFiles files, Compression compression, Disk disk) {
        this.compression = compression;
        this.ledger = ledger;
        this.files = files;
        this.disk = disk;
    }

    /** A stage builds what is to take the place of the rows of {@code stream}. */
    void begin(StreamId stream) {
        replacing.add(stream);
    }

    /** Swaps; a second time without a {@link #begin} in between changes nothing. */
    void publish(StreamId id) throws IOException {
        ledger.requireWritable();
        if (!replacing.contains(id) && published.contains(id)) {
            return;
        }
        StreamState stream = files.known(id);
        try {
            swap(stream);
        } catch (IOException | RuntimeException failure) {
            throw ledger.fail(failure);
        }
        replacing.remove(id);
        published.add(id);
    }

    private void swap(StreamState stream) throws IOException {
        Path file = files.path(stream, false);
        Path next = files.path(stream, true);
        files.letGo(file);
        files.letGo(next);
        Generation fresh = stream.generation(true);
        OpenFile.of(next, fresh.length(), compression, disk).close();
        disk.syncEntries(ledger.root());
        StreamState decided = stream.withNext(Optional.of(fresh)).decided();
        ledger.save(ledger.state().with(decided));
        KillPoint.reach("files.publish.decided");
        disk.rename(next, file);
        disk.syncEntries(ledger.root());
        KillPoint.reach("files.publish.renamed");
        ledger.save(ledger.state().with(decided.swapped()));
    }
}
