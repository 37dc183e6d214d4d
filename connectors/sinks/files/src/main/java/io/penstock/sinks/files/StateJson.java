package io.penstock.sinks.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.parts.directory.SliceState;
import io.penstock.parts.directory.StateFile;
import io.penstock.record.StreamId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The state as JSON: plain data that a person can read. */
final class StateJson implements StateFile.Codec<DirectoryState> {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    @Override
    public byte[] write(DirectoryState state) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("epoch", state.epoch());
        ArrayNode streams = root.putArray("streams");
        for (StreamState stream : state.streams().values()) {
            ObjectNode node = streams.addObject();
            node.put("connection", stream.id().connection().name());
            node.put("stream", stream.id().name());
            node.put("file", stream.file());
            node.put("swapping", stream.swapping());
            write(stream.current(), node.putObject("current"));
            stream.next().ifPresent(next -> write(next, node.putObject("next")));
        }
        return JSON.writeValueAsBytes(root);
    }

    private static void write(Generation generation, ObjectNode node) {
        node.put("length", generation.length());
        node.put("rows", generation.rows());
        node.put("tail", generation.tail());
        SliceState.write(generation.slices(), node.putArray("slices"));
    }

    @Override
    public DirectoryState read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        Map<StreamId, StreamState> streams = new LinkedHashMap<>();
        for (JsonNode node : root.required("streams")) {
            StreamId id = StreamId.of(
                    node.required("connection").textValue(),
                    node.required("stream").textValue());
            Optional<Generation> next = node.has("next") ? Optional.of(generation(node.get("next"))) : Optional.empty();
            streams.put(
                    id,
                    new StreamState(
                            id,
                            node.required("file").textValue(),
                            generation(node.required("current")),
                            next,
                            node.required("swapping").booleanValue()));
        }
        return new DirectoryState(root.required("epoch").longValue(), streams);
    }

    private static Generation generation(JsonNode node) {
        return new Generation(
                node.required("length").longValue(),
                node.required("rows").longValue(),
                node.required("tail").longValue(),
                SliceState.read(node.required("slices")));
    }
}
