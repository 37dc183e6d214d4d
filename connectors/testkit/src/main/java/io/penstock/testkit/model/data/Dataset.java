package io.penstock.testkit.model.data;

import io.penstock.testkit.model.record.ModelStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Six streams at any revision, from one seed. Safe for concurrent use; its readers are not. */
public final class Dataset {

    /** The highest revision there is. */
    public static final int MAX_REVISION = 1000;

    /** The most rows per stream in revision 1. */
    public static final int MAX_RECORDS = 100_000_000;

    private static final int KEPT_SELECTIONS = 128;
    private static final Edits NO_EDITS = new Edits();

    private final long seed;
    private final Map<ModelStream, History> histories = new EnumMap<>(ModelStream.class);
    private final Edits edits = new Edits();
    private final Truths truths = new Truths(this);
    private final Map<Key, Selection> selections = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Selection> eldest) {
            return size() > KEPT_SELECTIONS;
        }
    };

    private record Key(ModelStream stream, int revision, Filter filter, int edits) {}

    /**
     * The data of one seed.
     *
     * @param seed any number
     * @param records rows per stream in revision 1, 0 to {@value #MAX_RECORDS}
     * @throws IllegalArgumentException if {@code records} is out of range
     */
    public Dataset(long seed, long records) {
        if (records < 0 || records > MAX_RECORDS) {
            throw new IllegalArgumentException("records must be 0 to " + MAX_RECORDS + ", but was " + records);
        }
        this.seed = seed;
        for (ModelStream stream : ModelStream.values()) {
            histories.put(stream, new History(seed, stream, (int) records));
        }
    }

    /** The number everything follows from. */
    public long seed() {
        return seed;
    }

    /** What clients have changed. */
    public Edits edits() {
        return edits;
    }

    /**
     * A new reader over one stream.
     *
     * @throws IllegalArgumentException if there is no such revision
     */
    public RecordReader reader(ModelStream stream, int revision) {
        return new RecordReader(stream, history(stream), edits, checked(revision));
    }

    RecordReader unedited(ModelStream stream, int revision) {
        return new RecordReader(stream, history(stream), NO_EDITS, checked(revision));
    }

    /** Says no to a revision that does not exist, and otherwise gives it back. */
    public static int checked(int revision) {
        if (revision < 1 || revision > MAX_REVISION) {
            throw new IllegalArgumentException("revision must be 1 to " + MAX_REVISION + ", but was " + revision);
        }
        return revision;
    }

    /**
     * The matching records, if they are known without a scan.
     *
     * @return null if {@link #select} has to look at every record first
     */
    public @Nullable Selection selected(ModelStream stream, int revision, Filter filter) {
        if (filter.equals(Filter.NONE) && history(stream).complete(revision)) {
            return Selection.all(history(stream).born(revision));
        }
        synchronized (selections) {
            return selections.get(key(stream, revision, filter));
        }
    }

    /** The matching records; may look at every record of the stream, so not for an event loop. */
    public Selection select(ModelStream stream, int revision, Filter filter) {
        Selection known = selected(stream, revision, filter);
        if (known != null) {
            return known;
        }
        Key key = key(stream, revision, filter);
        Selection scanned = Selection.scan(reader(stream, revision), filter);
        synchronized (selections) {
            selections.put(key, scanned);
        }
        return scanned;
    }

    /** What a full read adds up to; the first call for a stream reads it all, so not for an event loop. */
    public Truth truth(ModelStream stream, int revision) {
        return truths.of(stream, checked(revision));
    }

    private Key key(ModelStream stream, int revision, Filter filter) {
        return new Key(stream, revision, filter, stream == ModelStream.CUSTOMERS ? edits.generation() : 0);
    }

    private History history(ModelStream stream) {
        History history = histories.get(stream);
        if (history == null) {
            throw new IllegalStateException("no history of " + stream);
        }
        return history;
    }
}
