package io.penstock.testkit.model.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.testkit.model.record.ModelStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The customers that clients have changed: at most {@value #MAX_RECORDS}. Safe for concurrent use. */
public final class Edits {

    /** How many customers may be changed before writes are refused. */
    public static final int MAX_RECORDS = 10_000;

    private final Map<Integer, Edit> edits = new ConcurrentHashMap<>();
    private volatile int generation;

    /** Package-private: a data set makes its own. */
    Edits() {}

    /** Counts writes: whatever was worked out under another number may be stale. */
    public int generation() {
        return generation;
    }

    boolean isEmpty() {
        return generation == 0;
    }

    Set<Integer> indexes() {
        return edits.keySet();
    }

    @Nullable Edit find(ModelStream stream, int index, int revision) {
        Edit edit = stream == ModelStream.CUSTOMERS ? edits.get(index) : null;
        return edit != null && edit.revision() <= revision ? edit : null;
    }

    /**
     * Writes fields over one customer, as at the end of the day of {@code revision}.
     *
     * @param fields checked already; kept, so do not change it afterwards
     * @return false if that many customers were changed before that there is no more room
     */
    public synchronized boolean put(int index, int revision, ObjectNode fields) {
        Edit old = edits.get(index);
        if (old == null && edits.size() >= MAX_RECORDS) {
            return false;
        }
        ObjectNode merged = old == null ? fields : old.fields().deepCopy().setAll(fields);
        int last = old == null ? revision : Math.max(revision, old.revision());
        int writes = old == null ? 1 : old.writes() + 1;
        int sequence = (generation + 1) % (3_600_000 * (24 - History.CHANGE_HOURS));
        long updated = History.day(last) + History.CHANGE_HOURS * 3_600_000L + sequence;
        edits.put(index, new Edit(last, writes, updated, merged));
        generation++;
        return true;
    }
}
