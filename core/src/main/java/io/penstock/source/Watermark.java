package io.penstock.source;

import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.record.FieldScan;
import io.penstock.record.RecordBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds from which value on the next walk must ask, and which records it will then meet again.
 *
 * <p>That is the greatest value seen, but never one at or above the ceiling: what has changed since the walk began may lie on a
 * page that was read before, with a value below the greatest. For one thread at a time.
 */
final class Watermark {

    /** More fingerprints than this are not kept: a cursor has to stay small. */
    static final int MOST_SEEN = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Watermark.class);

    private final String name;
    private final FieldScan field;
    private final boolean ordered;
    private final boolean exact;
    private final Fingerprints fingerprints = new Fingerprints();
    private byte @Nullable [] bound;
    private byte @Nullable [] below;
    private byte @Nullable [] last;
    private byte @Nullable [] ceiling;
    private List<String> atBound = new ArrayList<>();
    private final List<String> above = new ArrayList<>();
    private boolean warned;

    /**
     * What was found up to a point, to go back to.
     *
     * @param bound as bytes; null for none
     * @param atBound the very list, which only grows until there is a new bound
     * @param atBoundSize how long it was
     * @param aboveSize how many lay at or above the ceiling
     * @param below the greatest value below the bound
     * @param last the value that the next one must not fall below
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Mark(
            byte @Nullable [] bound,
            List<String> atBound,
            int atBoundSize,
            int aboveSize,
            byte @Nullable [] below,
            byte @Nullable [] last) {}

    /**
     * A watermark over the field {@code name}.
     *
     * @param ordered whether records must come in its order
     * @param exact whether {@link #below} is wanted too, which looks at every record
     */
    Watermark(String name, boolean ordered, boolean exact) {
        this.name = name;
        this.field = FieldScan.of(name);
        this.ordered = ordered;
        this.exact = exact;
    }

    /** Goes on where an unfinished walk stood: its bound stays, and everything from there on is remembered. */
    void resume(@Nullable String saved, List<String> seen) {
        bound = saved == null ? null : saved.getBytes(StandardCharsets.UTF_8);
        ceiling = bound;
        above.addAll(seen);
    }

    /** Nothing at or after {@code value} may become the bound. */
    void ceiling(String value) {
        ceiling = value.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes note of the values of a batch. */
    void observe(RecordBytes records) {
        if (ordered) {
            requireOrder(records);
        }
        int greatest = greatest(records);
        if (greatest < 0 || !field.find(records, greatest)) {
            return;
        }
        boolean mayPass = ceiling != null && compare(records, ceiling) >= 0;
        for (int i = mayPass || exact ? 0 : greatest; i < records.size(); i++) {
            if (field.find(records, i)) {
                if (mayPass && ceiling != null && compare(records, ceiling) >= 0) {
                    keep(above, records, i);
                } else {
                    belowCeiling(records, i);
                }
            }
        }
    }

    /** Moves the bound up to record {@code i}, or remembers the record if it stands at the bound. */
    private void belowCeiling(RecordBytes records, int i) {
        int order = bound == null ? 1 : compare(records, bound);
        if (order > 0) {
            below = bound;
            bound = Arrays.copyOfRange(records.array(), field.start(), field.end());
            atBound = new ArrayList<>();
        }
        if (order >= 0) {
            keep(atBound, records, i);
        }
    }

    private void requireOrder(RecordBytes records) {
        byte[] before = last;
        int from = 0;
        int to = before == null ? -1 : before.length;
        for (int i = 0; i < records.size(); i++) {
            if (field.find(records, i)) {
                if (before != null
                        && ValueOrder.compare(records.array(), field.start(), field.end(), before, from, to) < 0) {
                    throw new PaginationContract("expected records in the order of '" + name
                            + "', as the stream is said to come, found one that lies before its forerunner: sort the request"
                            + " by it, or do not say that the stream is ordered");
                }
                before = records.array();
                from = field.start();
                to = field.end();
            }
        }
        last = before == null ? null : Arrays.copyOfRange(before, from, to);
    }

    private void keep(List<String> seen, RecordBytes records, int i) {
        if (seen.size() < MOST_SEEN) {
            seen.add(fingerprints.of(records, i));
        } else if (!warned) {
            warned = true;
            LOG.warn(
                    "more than {} records share the last value of the cursor field: the next run reads some of them again, "
                            + "which upsert makes harmless and append doubles; choose a finer field",
                    MOST_SEEN);
        }
    }

    /** The first record with the greatest value; -1 if none has the field. */
    private int greatest(RecordBytes records) {
        byte[] array = records.array();
        int best = -1;
        int start = 0;
        int end = 0;
        for (int i = 0; i < records.size(); i++) {
            if (field.find(records, i)
                    && (best < 0 || ValueOrder.compare(array, field.start(), field.end(), array, start, end) > 0)) {
                best = i;
                start = field.start();
                end = field.end();
            }
        }
        return best;
    }

    private int compare(RecordBytes records, byte[] other) {
        return ValueOrder.compare(records.array(), field.start(), field.end(), other, 0, other.length);
    }

    /** Where the next walk must begin; null if no record had the field. */
    @Nullable String bound() {
        byte[] value = bound != null || above.isEmpty() ? bound : ceiling;
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** The greatest value that is below {@link #bound}; null if there was none, or it was not wanted. */
    @Nullable String below() {
        return below == null ? null : new String(below, StandardCharsets.UTF_8);
    }

    /** The records from {@link #bound} on. */
    List<String> seen() {
        List<String> all = new ArrayList<>(atBound);
        all.addAll(above);
        return all;
    }

    Mark mark() {
        return new Mark(bound, atBound, atBound.size(), above.size(), below, last);
    }

    void reset(Mark to) {
        bound = to.bound();
        below = to.below();
        last = to.last();
        atBound = to.atBound();
        atBound.subList(to.atBoundSize(), atBound.size()).clear();
        above.subList(to.aboveSize(), above.size()).clear();
    }
}
