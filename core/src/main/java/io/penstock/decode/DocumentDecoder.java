package io.penstock.decode;

import io.penstock.decode.Decoders.TextRepair;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.util.Arrays;
import java.util.Set;

/** Feeds the pieces of one document to the scanner and holds back what is not finished. */
final class DocumentDecoder implements Decoder {

    private static final byte[] NOTHING = new byte[0];
    private static final int MOST_KEPT = 1000;

    private final Where where;
    private final Watch watch;
    private final Found found;
    private final FieldTable fields = new FieldTable();
    private final JsonScanner scanner;
    private byte[] held = NOTHING;
    private int length;
    private long before;

    private DocumentDecoder(Where where, Watch watch, Found found, DecodeLimits limits, boolean lines) {
        this.where = where;
        this.watch = watch;
        this.found = found;
        this.scanner = new JsonScanner(where, watch, found, fields, limits, lines);
    }

    static DocumentDecoder json(Pointer records, Set<Pointer> captures, DecodeLimits limits, TextRepair repair) {
        Where where = new Where(records);
        Watch watch = Watch.document(where, records, captures, limits);
        return new DocumentDecoder(where, watch, new Found(where, repair), limits, false);
    }

    static DocumentDecoder lines(DecodeLimits limits, TextRepair repair) {
        Where where = new Where(Pointer.ROOT);
        return new DocumentDecoder(where, Watch.lines(where, limits), new Found(where, repair), limits, true);
    }

    @Override
    public RecordBytes decode(byte[] bytes, boolean last) {
        append(bytes);
        byte[] array = held;
        where.in(array, before);
        watch.in(array);
        scanner.run(array, length, last);
        hold(last);
        return found.isEmpty() ? RecordBytes.EMPTY : found.take(array, fields.shape());
    }

    private void append(byte[] bytes) {
        if (length == 0) {
            held = bytes;
            length = bytes.length;
            return;
        }
        if (held.length - length < bytes.length) {
            held = Arrays.copyOf(held, Math.max(2 * length, length + bytes.length));
        }
        System.arraycopy(bytes, 0, held, length, bytes.length);
        length += bytes.length;
    }

    /** Keeps what is not finished; copies it before the array is given away, moves it down otherwise. */
    private void hold(boolean last) {
        int from = last ? length : scanner.keepFrom();
        int rest = length - from;
        if (!found.isEmpty()) {
            held = from == length ? NOTHING : Arrays.copyOfRange(held, from, length);
        } else if (from > 0) {
            System.arraycopy(held, from, held, 0, rest);
        }
        length = rest;
        before += from;
        scanner.shift(from);
    }

    @Override
    public Values values() {
        return watch.values();
    }

    @Override
    public boolean reset() {
        if (fields.size() > MOST_KEPT) {
            return false; // names that differ from record to record are not worth keeping
        }
        length = 0;
        before = 0;
        held = NOTHING;
        where.reset();
        watch.reset();
        found.reset();
        fields.reset();
        scanner.reset();
        return true;
    }

    @Override
    public long repairs() {
        return found.repairs();
    }
}
