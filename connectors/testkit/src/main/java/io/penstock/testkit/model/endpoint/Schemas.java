package io.penstock.testkit.model.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.testkit.model.record.ModelStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/** The JSON Schemas (2020-12) of the streams, one resource each. Read once, before any event loop needs them. */
public final class Schemas {

    private static final Map<ModelStream, JsonNode> ALL = new EnumMap<>(ModelStream.class);

    static {
        for (ModelStream stream : ModelStream.values()) {
            ALL.put(stream, read(stream.streamName() + ".schema.json"));
        }
    }

    private Schemas() {}

    /** The schema of a record as a full read gives it; do not change it. */
    public static JsonNode of(ModelStream stream) {
        JsonNode schema = ALL.get(stream);
        if (schema == null) {
            throw new IllegalStateException("no schema of " + stream);
        }
        return schema;
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
