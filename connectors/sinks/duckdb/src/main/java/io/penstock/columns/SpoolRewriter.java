package io.penstock.columns;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.penstock.columns.Columns.Column;
import io.penstock.sink.PrivateFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * Writes the lines of a spool anew for the rare data that DuckDB cannot read as it is: fields whose names differ in case only,
 * numbers it would round, records that are not objects.
 */
public final class SpoolRewriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final Columns columns;
    private final Set<String> asText;
    private int longest;

    /**
     * A rewriter.
     *
     * @param columns give the fields their new names
     * @param asText fields whose values become texts that hold their JSON, digit for digit
     */
    public SpoolRewriter(Columns columns, Set<String> asText) {
        this.columns = columns;
        this.asText = asText;
    }

    /** The most bytes of a line written. */
    public int longest() {
        return longest;
    }

    /** Writes the lines of {@code from}, one file after the other, as {@code to}, which is made. */
    public void rewrite(List<Path> from, Path to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                Channels.newOutputStream(PrivateFiles.open(to, StandardOpenOption.CREATE_NEW)), 1 << 16)) {
            for (Path file : from) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                    rewrite(in, out);
                }
            }
        }
    }

    private void rewrite(InputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                byte[] rewritten = rewritten(line.toByteArray());
                longest = Math.max(longest, rewritten.length);
                out.write(rewritten);
                line.reset();
            } else {
                line.write(b);
            }
        }
    }

    private byte[] rewritten(byte[] line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + 64);
        try (JsonParser parser = JSON.createParser(line)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            out.write('{');
            if (object) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    int end = (int) parser.currentLocation().getByteOffset();
                    field(out, field, new String(line, start, end - start, StandardCharsets.UTF_8), isNull);
                }
            } else {
                field(out, Columns.VALUE, new String(line, StandardCharsets.UTF_8), false);
            }
            out.write('}');
            out.write('\n');
        }
        return out.toByteArray();
    }

    private void field(ByteArrayOutputStream out, String field, String json, boolean isNull) {
        Column column = columns.byField().get(field);
        if (column == null || isNull) {
            return; // null in every record so far: no column yet
        }
        if (out.size() > 1) {
            out.write(',');
        }
        string(out, column.name());
        out.write(':');
        if (asText.contains(field)) {
            string(out, json);
        } else {
            out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void string(ByteArrayOutputStream out, String text) {
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }
}
