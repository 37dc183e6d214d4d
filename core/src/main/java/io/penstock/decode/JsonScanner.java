package io.penstock.decode;

import io.penstock.record.Shape;

/**
 * Reads a document along its grammar, proves every byte it passes over, and notes records, captured values and fields on the way.
 *
 * <p>A token that is not whole is read again from its start, except for a string value, which may be long: that goes on where it
 * stopped.
 */
final class JsonScanner extends JsonGrammar {

    private static final int MOST_NAMES = 100_000; // all that a shape and the memory should bear

    private final DecodeLimits limits;
    private final Watch watch;
    private final Found found;
    private final FieldTable fields;
    private final TextScan text;
    private final ObjectNames names;
    private final ScalarScan scalars;
    private final boolean[] objects;
    private final boolean[] watched;

    private boolean attentive = true;
    private int recordsDepth;
    private int field = FieldTable.ELSEWHERE;
    private int textStart;

    JsonScanner(Where where, Watch watch, Found found, FieldTable fields, DecodeLimits limits, boolean lines) {
        super(where, lines);
        this.watch = watch;
        this.found = found;
        this.fields = fields;
        this.limits = limits;
        this.text = new TextScan(where);
        this.names = new ObjectNames(new NameScan(text), fields);
        this.scalars = new ScalarScan(where, limits.digits());
        this.objects = new boolean[limits.depth()];
        this.watched = new boolean[limits.depth()];
        this.recordsDepth = watch.recordsDepth();
    }

    /** Another document begins. */
    @Override
    void reset() {
        super.reset();
        attentive = true;
        recordsDepth = watch.recordsDepth();
        field = FieldTable.ELSEWHERE;
        textStart = 0;
    }

    @Override
    int name(int p) {
        if (bytes[p] != '"') {
            throw where.malformed(p, "expected a name in quotes, found " + shown(p));
        }
        int level = depth - recordsDepth;
        int close = level > 0 ? names.read(bytes, p + 1, end, level == 1) : names.skip(bytes, p + 1, end);
        if ((close < 0 ? end : close) - p - 1 > limits.nameBytes()) {
            throw where.limit(p, "a field has a name of more than " + limits.nameBytes() + " bytes", "name_bytes");
        }
        if (close < 0) {
            return ~p;
        }
        named(p + 1, close);
        int colon = close + 1;
        if (colon + 1 < end && bytes[colon] == ':') {
            state = VALUE;
            return bytes[colon + 1] > ' ' ? value(colon + 1) : colon + 1;
        }
        state = COLON;
        return colon;
    }

    private void named(int from, int to) {
        if (depth > recordsDepth) {
            field = depth == recordsDepth + 1 ? names.name() : FieldTable.ELSEWHERE;
            flags |= names.oddities();
            if (names.count() > limits.fields()) {
                throw where.limit(from, "an object has more than " + limits.fields() + " fields", "fields");
            }
        }
        if (attentive) {
            watch.named(depth, from, to, names.escaped());
        }
    }

    @Override
    int value(int p) {
        byte b = bytes[p];
        if (b == '"') {
            int plain = Words.plain(bytes, p + 1, end);
            textStart = p;
            text.start();
            return plain < end && bytes[plain] == '"' ? text(p, plain) : text(plain);
        }
        if (b == '{' || b == '[') {
            return open(p, b == '{');
        }
        if (b <= '9' && (b >= '0' || b == '-')) {
            int to = scalars.number(bytes, p, end, last);
            return to < 0 ? ~p : scalar(p, to, scalars.kind());
        }
        int to = scalars.word(bytes, p, end);
        return to < 0 ? ~p : scalar(p, to, b == 'n' ? Shape.NULL : Shape.BOOLEAN);
    }

    @Override
    int text(int from) {
        int close = text.close(bytes, from, end);
        if (close < 0) {
            state = IN_TEXT;
            requireLength(text.resume());
            return ~text.resume();
        }
        if (text.lone()) {
            flags |= Found.HALF_PAIR;
        }
        return text(textStart, close);
    }

    private int text(int open, int close) {
        requireLength(close);
        return scalar(open, close + 1, Shape.TEXT);
    }

    private void requireLength(int to) {
        if (to - textStart - 1 > limits.textBytes()) {
            throw where.limit(textStart, "a string has more than " + limits.textBytes() + " bytes", "text_bytes");
        }
    }

    private int scalar(int from, int to, int kind) {
        fields.kind(field, kind);
        if (attentive) {
            watch.scalar(depth, inObject, from, to, kind);
            if (depth == recordsDepth) {
                fields.otherRecord();
                flags &= Found.HALF_PAIR; // the white space before it is not its own
                endRecord(from, to);
            }
        }
        return ended(to);
    }

    private int open(int p, boolean object) {
        if (depth == limits.depth()) {
            throw where.limit(p, "the document is nested deeper than " + limits.depth(), "depth");
        }
        fields.kind(field, object ? Shape.OBJECT : Shape.ARRAY);
        field = FieldTable.ELSEWHERE;
        objects[depth] = inObject;
        watched[depth] = attentive;
        if (attentive) {
            attentive = watch.opened(depth, inObject, p, object);
            recordsDepth = watch.recordsDepth();
            if (depth == recordsDepth) {
                startRecord(p, object);
            }
        }
        if (object && depth >= recordsDepth) {
            names.enter();
        }
        depth++;
        inObject = object;
        state = object ? NAME_OR_END : VALUE_OR_END;
        return p + 1;
    }

    @Override
    int close(int p) {
        if (bytes[p] != (inObject ? '}' : ']')) {
            throw where.malformed(p, "expected ',' or '" + (inObject ? '}' : ']') + "', found " + shown(p));
        }
        depth--;
        if (inObject && depth >= recordsDepth) {
            names.leave();
        }
        inObject = objects[depth];
        attentive = watched[depth];
        if (attentive) {
            if (depth == recordsDepth) {
                endRecord(where.recordStart(), p + 1);
            }
            watch.closed(depth, p + 1);
            recordsDepth = watch.recordsDepth();
        }
        return ended(p + 1);
    }

    private void startRecord(int p, boolean object) {
        if (!object) {
            fields.otherRecord();
        }
        names.record();
        where.recordStarts(p);
        flags = 0;
    }

    private void endRecord(int from, int to) {
        if (to - from > limits.recordBytes()) {
            throw tooLarge(from);
        }
        if (lines && (flags & Found.LINE_FEED) != 0) {
            throw where.malformed(from, "a record of line-delimited JSON is spread over several lines");
        }
        if (fields.size() > MOST_NAMES) {
            throw where.tooMuch(from, "records have more than " + MOST_NAMES + " different field names");
        }
        found.add(from, to, flags);
        where.recordEnds();
        field = FieldTable.ELSEWHERE;
        flags = 0;
    }

    @Override
    void complete() {
        watch.requireRecords();
    }

    @Override
    void unfinished() {
        if (pos - keepFrom() > limits.recordBytes()) {
            throw tooLarge(keepFrom());
        }
    }

    private RuntimeException tooLarge(int from) {
        return where.limit(from, "a record has more than " + limits.recordBytes() + " bytes", "record_bytes");
    }

    /** The first byte that must still be there when the next piece comes. */
    int keepFrom() {
        int from = where.recordStart() < 0 ? pos : Math.min(pos, where.recordStart());
        if (state == IN_TEXT && attentive) {
            from = Math.min(from, textStart);
        }
        return watch.keepFrom(depth, from);
    }

    /** The bytes before {@code by} have gone: all that follows has moved down. */
    void shift(int by) {
        pos -= by;
        textStart -= by;
        where.shift(by);
        watch.shift(depth, by);
    }
}
