package io.penstock.connectors.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoders;
import io.penstock.record.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Puts fields of a parent into its children's records. */
final class Included {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Included() {}

    /** The records with {@code fields} at their end; a field of the same name that a record has gives way. */
    static RecordBytes into(RecordBytes records, Map<String, JsonNode> fields) {
        if (records.size() == 0) {
            return records;
        }
        byte[] tail = tail(fields);
        ByteArrayOutputStream lines =
                new ByteArrayOutputStream((int) records.byteCount() + records.size() * tail.length);
        for (int i = 0; i < records.size(); i++) {
            int end = lastBrace(records.array(), records.start(i), records.end(i));
            lines.write(records.array(), records.start(i), end - records.start(i));
            boolean bare = empty(records.array(), records.start(i) + 1, end);
            lines.write(tail, bare ? 1 : 0, tail.length - (bare ? 1 : 0));
        }
        // A doubled name is resolved by the decoder: the last one wins.
        return Decoders.ndjson(DecodeLimits.DEFAULT).decode(lines.toByteArray(), true);
    }

    /** A comma, the fields, the closing brace and a line feed. */
    private static byte[] tail(Map<String, JsonNode> fields) {
        StringBuilder tail = new StringBuilder();
        fields.forEach((name, value) -> tail.append(',')
                .append(json(name))
                .append(':')
                .append(value.isMissingNode() ? "null" : value.toString()));
        return tail.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String name) {
        try {
            return JSON.writeValueAsString(name);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a text is always JSON", impossible);
        }
    }

    private static int lastBrace(byte[] array, int from, int to) {
        int at = to - 1;
        while (at > from && array[at] != '}') {
            at--;
        }
        return at;
    }

    private static boolean empty(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] != ' ' && array[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
