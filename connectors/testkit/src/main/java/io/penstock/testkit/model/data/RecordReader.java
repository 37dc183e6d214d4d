package io.penstock.testkit.model.data;

import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.Facts;
import io.penstock.testkit.model.record.ModelStream;
import org.jspecify.annotations.Nullable;

/** Reads the records of one stream at one revision, one at a time. Cheap to make, not safe for concurrent use. */
public final class RecordReader {

    private final ModelStream stream;
    private final History history;
    private final Edits edits;
    private final int revision;
    private final Facts facts = new Facts();
    private @Nullable Edit edit;

    RecordReader(ModelStream stream, History history, Edits edits, int revision) {
        this.stream = stream;
        this.history = history;
        this.edits = edits;
        this.revision = revision;
    }

    /** How many records were ever born, the deleted ones included. */
    public int born() {
        return history.born(revision);
    }

    /**
     * Moves to record {@code index}.
     *
     * @param index from 0 to one below {@link #born()}
     * @return what is known of it; valid until the next call
     */
    public Facts load(int index) {
        history.settle(index, revision, facts);
        Edit found = edits.isEmpty() ? null : edits.find(stream, index, revision);
        edit = found;
        if (found != null) {
            facts.version += found.writes();
            facts.updated = covers(found) ? found.updated() : facts.updated;
        }
        return facts;
    }

    /** Whether the loaded record is among those {@code filter} lets through. */
    boolean matches(Filter filter) {
        return filter.matches(stream, facts);
    }

    /** Appends the loaded record's line, or its tombstone. */
    public void write(Bytes out) {
        Edit found = edit;
        if (found != null && covers(found)) {
            int start = out.length();
            stream.write(facts, out);
            found.rewrite(out, start);
        } else {
            stream.write(facts, out);
        }
    }

    /** A generated change of a later revision wins over an edit; the edit's versions still count. */
    private boolean covers(Edit found) {
        return !facts.deleted && facts.changedIn <= found.revision();
    }
}
