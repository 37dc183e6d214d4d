package io.penstock.decode.format;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.PenstockException;
import io.penstock.record.RecordBytes;
import io.penstock.record.Values;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;

/** Reads whole rows as they come, writes them as lines of JSON, and lets those be judged like all others. */
final class CsvDecoder implements Decoder {

    private static final byte[] NOTHING = new byte[0];
    private static final int BOM = 3;
    private static final int LEAST_BUFFER = 16 << 10;

    private final DecodeLimits limits;
    private final CsvReader.CsvReaderBuilder readers;
    private final CsvRowEnds ends;
    private final JsonText out;
    private final CsvRows rows;
    private final Decoder lines;
    private final HeldInput held = new HeldInput();
    private Iterator<Boolean> reading = Collections.emptyIterator();
    private boolean more;
    private boolean begun;

    CsvDecoder(CsvLayout layout, DecodeLimits limits) {
        this.limits = limits;
        this.ends = new CsvRowEnds(layout);
        this.out = new JsonText(limits.recordBytes());
        this.rows = new CsvRows(layout, limits, out);
        this.lines = Decoders.ndjson(limits);
        this.readers = CsvReader.builder()
                .fieldSeparator(layout.separator())
                .quoteCharacter(layout.quote())
                .commentStrategy(CommentStrategy.NONE)
                .maxBufferSize(Math.max(LEAST_BUFFER, limits.recordBytes()));
    }

    @Override
    public RecordBytes decode(byte[] bytes, boolean last) {
        if (!more) {
            take(bytes, last);
        }
        write();
        boolean over = last && !more;
        if (over && rows.lacksHeader()) {
            throw Format.nothing("a CSV document with a header row");
        }
        return lines.decode(out.size() == 0 ? NOTHING : out.take(), over);
    }

    private void take(byte[] bytes, boolean last) {
        held.add(bytes);
        if (!begun && !begin(last)) {
            return;
        }
        int end = ends.scan(held.array(), held.length(), held.before());
        if (last) {
            ends.end(held.before() + held.length());
            end = held.length();
        } else if (held.length() - end > limits.recordBytes()) {
            throw new LimitExceeded("a row of the CSV body has more than " + limits.recordBytes()
                    + " bytes; check quote, or raise limits.record_bytes if the API really sends such data");
        }
        if (end > 0) {
            reading = readers.build(rows, text(end)).iterator();
            held.drop(end);
            ends.shift(end);
        }
    }

    /** Passes over a byte order mark; false if more must come before that can be said. */
    private boolean begin(boolean last) {
        byte[] array = held.array();
        if (held.length() < BOM && !last) {
            return false;
        }
        begun = true;
        if (held.length() >= BOM && array[0] == (byte) 0xEF && array[1] == (byte) 0xBB && array[2] == (byte) 0xBF) {
            held.drop(BOM);
        }
        if (held.length() > 0 && held.array()[0] == '<') {
            throw new UnexpectedContent("the API answered HTML or XML where CSV was due: is this a login page, an error"
                    + " page of a proxy, or the address of the website?");
        }
        return true;
    }

    private String text(int end) {
        CharBuffer chars = CharBuffer.allocate(end);
        ByteBuffer bytes = ByteBuffer.wrap(held.array(), 0, end);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
        if (result.isError()) {
            throw new MalformedPayload(
                    "the CSV body is not UTF-8 at byte " + (held.before() + bytes.position()) + ": ask for UTF-8");
        }
        return chars.flip().toString();
    }

    private void write() {
        try {
            more = reading.hasNext(); // reads a row and keeps it
            while (more && out.size() < Format.STEP) {
                reading.next();
                more = reading.hasNext();
            }
        } catch (CsvParseException wrong) {
            if (wrong.getCause() instanceof PenstockException ours) {
                throw ours;
            }
            throw new MalformedPayload("the body is not valid CSV: check separator and quote", wrong);
        }
    }

    @Override
    public boolean pending() {
        return more;
    }

    @Override
    public Values values() {
        return Values.NONE;
    }
}
