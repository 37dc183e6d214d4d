package io.penstock.testkit.model.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.testkit.model.record.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What clients have written over one record.
 *
 * @param revision the revision at which it was last written; older revisions do not see it
 * @param writes how many times; each adds one to the version
 * @param updated when last, in epoch milliseconds
 * @param fields the fields written; never changed once here
 */
record Edit(int revision, int writes, long updated, ObjectNode fields) {

    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Lays the fields over the record that {@code out} holds from {@code start} on. */
    void rewrite(Bytes out, int start) {
        try {
            byte[] line = Arrays.copyOfRange(out.array(), start, out.length());
            ObjectNode record = (ObjectNode) JSON.readTree(line);
            record.setAll(fields);
            byte[] edited = JSON.writeValueAsBytes(record);
            byte[] head = Arrays.copyOf(out.array(), start);
            out.clear().raw(head).raw(edited);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
