package io.penstock.decode.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.penstock.decode.DecodeLimits;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Writes each row as a line of JSON: an object of the columns' names and the row's texts. */
final class CsvRows extends AbstractBaseCsvCallbackHandler<Boolean> {

    private final List<String> names = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final JsonText out;
    private final DecodeLimits limits;
    private final boolean named;
    private boolean header;
    private long rows;

    CsvRows(CsvLayout layout, DecodeLimits limits, JsonText out) {
        this.out = out;
        this.limits = limits;
        this.header = layout.header();
        this.named = !layout.columns().isEmpty();
        layout.columns().forEach(this::column);
    }

    private void column(String name) {
        JsonText key = new JsonText(Integer.MAX_VALUE);
        key.mark(keys.isEmpty() ? '{' : ',');
        key.text(name);
        key.mark(':');
        keys.add(key.take());
        names.add(name);
    }

    @Override
    protected void handleField(int index, char[] chars, int from, int length, boolean quoted) {
        CharBuffer value = CharBuffer.wrap(chars, from, length);
        if (header) {
            if (!named) {
                header(value.toString());
            }
        } else if (index < keys.size()) {
            out.raw(keys.get(index));
            write(value, quoted);
        }
    }

    private void header(String name) {
        if (keys.size() == limits.fields()) {
            throw new LimitExceeded("the header row names more than " + limits.fields() + " columns");
        }
        if (name.length() > limits.nameBytes()) {
            throw new LimitExceeded("a column has a name of more than " + limits.nameBytes() + " bytes");
        }
        column(name);
    }

    private void write(CharBuffer value, boolean quoted) {
        if (!quoted && value.isEmpty()) {
            out.nothing();
        } else {
            out.text(value);
        }
    }

    @Override
    protected Boolean buildRecord() {
        rows++;
        if (getRecordType() == RecordType.EMPTY) {
            return true;
        }
        if (header) {
            header = false;
            judgeHeader();
            return true;
        }
        if (getFieldCount() != keys.size()) {
            throw new MalformedPayload("the body is not valid CSV: row " + rows + " has " + getFieldCount()
                    + " fields, but there are " + keys.size()
                    + " columns; check separator and quote, or report it to the API's owner");
        }
        out.mark('}');
        out.endLine();
        return true;
    }

    private void judgeHeader() {
        if (new HashSet<>(names).size() < names.size() || names.contains("")) {
            throw new MalformedPayload(
                    "the header row of the CSV body has " + (names.contains("") ? "an empty" : "a doubled")
                            + " name: name the columns in the settings instead");
        }
    }

    /** Whether a header row was due and has not come. */
    boolean lacksHeader() {
        return header;
    }
}
