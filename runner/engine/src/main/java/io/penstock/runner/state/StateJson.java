package io.penstock.runner.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.error.StateFailure.StateCorrupt;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state as JSON that a person can read, keep and change.
 *
 * <p>{@code format} is {@code penstock-state}; {@code version} is 1 and grows when a field changes its meaning. A cursor is a text,
 * character for character as its source wrote it.
 */
public final class StateJson {

    /** What {@code format} says. */
    static final String FORMAT = "penstock-state";

    /** The only version there is so far. */
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StateJson() {}

    /** Several lines of JSON, ending with a line break. */
    public static String write(StateDocument state) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(map(state)) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers are always JSON", impossible);
        }
    }

    /** The same as plain values, in the order written. */
    public static Map<String, Object> map(StateDocument state) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("version", VERSION);
        root.put("connection", state.connection().name());
        root.put("epoch", state.epoch());
        Map<String, Object> streams = new LinkedHashMap<>();
        for (String name : state.streams()) {
            streams.put(name, stream(state, name));
        }
        root.put("streams", streams);
        return root;
    }

    private static Map<String, Object> stream(StateDocument state, String name) {
        Map<String, Object> stream = new LinkedHashMap<>();
        Long rows = state.rows().get(name);
        if (rows != null) {
            stream.put("rows", rows);
        }
        Map<String, Object> slices = new LinkedHashMap<>();
        state.only(name::equals).slices().forEach((slice, committed) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("version", committed.version());
            committed.cursor().ifPresent(cursor -> one.put("cursor", cursor.text()));
            slices.put(slice.key(), one);
        });
        stream.put("slices", slices);
        return stream;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param name the file's name, for messages
     * @throws StateCorrupt naming line or field if it is damaged, or of a version that this release does not know
     */
    public static StateDocument read(String name, String json) {
        return new StateFields(name).document(tree(name, json));
    }

    private static JsonNode tree(String name, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new StateCorrupt(
                    name + ", line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr()
                            + ": expected the JSON that state export writes, found something else ("
                            + broken.getOriginalMessage() + "): mend that line, or export the state again",
                    broken);
        }
    }
}
