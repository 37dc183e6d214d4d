package io.penstock.parts;

import io.penstock.parts.directory.Ledger;
import io.penstock.record.StreamId;
import io.penstock.sink.KillPoint;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Puts what a run has committed in the place of all older parts: decided in the manifest first. Confined to the writer thread. */
final class PartsPublication {

    private final Ledger<Manifest> ledger;
    private final PartFiles files;
    private final Set<StreamId> replacing = new HashSet<>();
    private final Set<StreamId> published = new HashSet<>();

    PartsPublication(Ledger<Manifest> ledger, PartFiles files) {
        this.ledger = ledger;
        this.files = files;
    }

    /** A stage gathers what is to take the place of the rows of {@code stream}. */
    void begin(StreamId stream) {
        replacing.add(stream);
    }

    /** Swaps; a second time without a {@link #begin} in between changes nothing. */
    void publish(StreamParts stream) throws IOException {
        ledger.requireWritable();
        if (!replacing.contains(stream.id()) && published.contains(stream.id())) {
            return;
        }
        try {
            swap(stream.decided());
        } catch (IOException | RuntimeException failure) {
            throw ledger.fail(failure);
        }
        replacing.remove(stream.id());
        published.add(stream.id());
    }

    /** The old parts go first: a reader of the folder may find too few rows for a moment, but never both generations. */
    private void swap(StreamParts decided) throws IOException {
        ledger.save(ledger.state().with(decided));
        KillPoint.reach("parts.publish.decided");
        files.remove(decided, decided.retired());
        KillPoint.reach("parts.publish.removed");
        files.place(decided, decided.current().parts());
        KillPoint.reach("parts.publish.placed");
        ledger.save(ledger.state().with(decided.settled()));
    }
}
