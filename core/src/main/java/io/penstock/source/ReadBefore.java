package io.penstock.source;

import io.penstock.record.FieldScan;
import io.penstock.record.RecordBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drops the records that earlier walks have read: those below the value asked for, which APIs with coarse filters send again,
 * and those whose very content was seen. For one thread at a time.
 */
final class ReadBefore {

    private final FieldScan field;
    private final byte @Nullable [] since;
    private final Map<String, Integer> known =
            new LinkedHashMap<>(); // in order, so that equal walks give equal cursors
    private final List<String> metInPage = new ArrayList<>();
    private final Fingerprints fingerprints = new Fingerprints();

    /**
     * What earlier walks have read.
     *
     * @param since the value asked for; null for everything
     * @param seen fingerprints of records that will come again
     */
    ReadBefore(FieldScan field, @Nullable String since, List<String> seen) {
        this.field = field;
        this.since = since == null ? null : since.getBytes(StandardCharsets.UTF_8);
        seen.forEach(fingerprint -> known.merge(fingerprint, 1, Integer::sum));
    }

    /**
     * The records that are new.
     *
     * @param met is handed all those at or after the value asked for, new or not
     */
    RecordBytes drop(RecordBytes records, Consumer<RecordBytes> met) {
        int[] at = new int[records.size()];
        int[] fresh = new int[records.size()];
        int atCount = 0;
        int freshCount = 0;
        for (int i = 0; i < records.size(); i++) {
            if (!below(records, i)) {
                at[atCount++] = i;
                if (!known(records, i)) {
                    fresh[freshCount++] = i;
                }
            }
        }
        RecordBytes after = pick(records, at, atCount);
        met.accept(after);
        return freshCount == atCount ? after : pick(records, fresh, freshCount);
    }

    private boolean below(RecordBytes records, int i) {
        return since != null
                && field.find(records, i)
                && ValueOrder.compare(records.array(), field.start(), field.end(), since, 0, since.length) < 0;
    }

    private boolean known(RecordBytes records, int i) {
        if (known.isEmpty()) {
            return false;
        }
        String fingerprint = fingerprints.of(records, i);
        Integer left = known.get(fingerprint);
        if (left == null) {
            return false;
        }
        metInPage.add(fingerprint);
        if (left == 1) {
            known.remove(fingerprint);
        } else {
            known.put(fingerprint, left - 1);
        }
        return true;
    }

    /** The records whose numbers are the first {@code count} of {@code which}. */
    static RecordBytes pick(RecordBytes records, int[] which, int count) {
        if (count == records.size()) {
            return records;
        }
        int[] bounds = new int[2 * count];
        for (int i = 0; i < count; i++) {
            bounds[2 * i] = records.start(which[i]);
            bounds[2 * i + 1] = records.end(which[i]);
        }
        return RecordBytes.wrap(records.array(), bounds, count, records.shape());
    }

    /** Fingerprints of the records that have not come again so far. */
    List<String> left() {
        List<String> left = new ArrayList<>();
        known.forEach((fingerprint, count) -> left.addAll(Collections.nCopies(count, fingerprint)));
        return left;
    }

    /** A new page begins. */
    void mark() {
        metInPage.clear();
    }

    /** The page comes again from its start. */
    void reset() {
        metInPage.forEach(fingerprint -> known.merge(fingerprint, 1, Integer::sum));
        metInPage.clear();
    }
}
