package io.penstock.parts;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.parts.directory.SliceState;
import io.penstock.parts.directory.StateFile;
import io.penstock.record.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest as JSON: plain data that a person, and a tool, can read. */
final class ManifestJson implements StateFile.Codec<Manifest> {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    @Override
    public byte[] write(Manifest manifest) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("epoch", manifest.epoch()).put("ending", manifest.ending());
        ArrayNode streams = root.putArray("streams");
        for (StreamParts stream : manifest.streams().values()) {
            ObjectNode node = streams.addObject();
            node.put("connection", stream.id().connection().name());
            node.put("stream", stream.id().name());
            node.put("folder", stream.folder());
            write(stream.current(), node.putObject("current"));
            stream.next().ifPresent(next -> write(next, node.putObject("next")));
            ArrayNode retired = node.putArray("retired");
            stream.retired().forEach(retired::add);
        }
        return JSON.writeValueAsBytes(root);
    }

    private static void write(PartsGeneration generation, ObjectNode node) {
        ArrayNode parts = node.putArray("parts");
        for (Part part : generation.parts()) {
            parts.addObject()
                    .put("path", part.path())
                    .put("bytes", part.bytes())
                    .put("rows", part.rows())
                    .put("tail", part.tail());
        }
        SliceState.write(generation.slices(), node.putArray("slices"));
        node.put("memory", generation.memory());
    }

    @Override
    public Manifest read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        Map<StreamId, StreamParts> streams = new LinkedHashMap<>();
        for (JsonNode node : root.required("streams")) {
            StreamId id = StreamId.of(
                    node.required("connection").textValue(),
                    node.required("stream").textValue());
            List<String> retired = new ArrayList<>();
            node.required("retired").forEach(path -> retired.add(path.textValue()));
            streams.put(
                    id,
                    new StreamParts(
                            id,
                            node.required("folder").textValue(),
                            generation(node.required("current")),
                            node.has("next") ? Optional.of(generation(node.get("next"))) : Optional.empty(),
                            retired));
        }
        return new Manifest(
                root.required("epoch").longValue(), root.required("ending").textValue(), streams);
    }

    private static PartsGeneration generation(JsonNode node) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode one : node.required("parts")) {
            parts.add(new Part(
                    one.required("path").textValue(),
                    one.required("bytes").longValue(),
                    one.required("rows").longValue(),
                    one.required("tail").longValue()));
        }
        return new PartsGeneration(
                parts,
                SliceState.read(node.required("slices")),
                node.required("memory").textValue());
    }
}
