package io.penstock.runner.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Committed;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Judges the fields of a state document; every refusal names the field and what mends it. */
final class StateFields {

    private final String file;

    StateFields(String file) {
        this.file = file;
    }

    StateDocument document(JsonNode root) {
        String format = text(root, "", "format");
        if (!format.equals(StateJson.FORMAT)) {
            throw wrong(
                    "format",
                    "\"" + StateJson.FORMAT + "\"",
                    "\"" + format + "\"",
                    "give a file that state export wrote");
        }
        long version = number(root, "", "version");
        if (version != StateJson.VERSION) {
            throw wrong(
                    "version",
                    String.valueOf(StateJson.VERSION),
                    String.valueOf(version),
                    "use the release that wrote the file, or a newer one");
        }
        requireOnly(root, "", Set.of("format", "version", "connection", "epoch", "streams"));
        String named = text(root, "", "connection");
        ConnectionId connection = named("connection", () -> new ConnectionId(named));
        Map<SliceId, Committed> slices = new HashMap<>();
        Map<String, Long> rows = new HashMap<>();
        JsonNode streams = object(root, "", "streams");
        for (Iterator<String> names = streams.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            stream(connection, name, object(streams, "streams.", name), slices, rows);
        }
        return StateDocument.of(connection, number(root, "", "epoch"), slices, rows);
    }

    private void stream(
            ConnectionId connection,
            String name,
            JsonNode node,
            Map<SliceId, Committed> slices,
            Map<String, Long> rows) {
        String at = "streams." + name + ".";
        requireOnly(node, at, Set.of("rows", "slices"));
        if (node.has("rows")) {
            rows.put(name, number(node, at, "rows"));
        }
        JsonNode all = object(node, at, "slices");
        for (Iterator<String> keys = all.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            String place = at + "slices." + key + ".";
            JsonNode one = object(all, at + "slices.", key);
            requireOnly(one, place, Set.of("version", "cursor"));
            SliceId id = named(at + "slices." + key, () -> new StreamId(connection, name).slice(key));
            Optional<Cursor> cursor = one.has("cursor")
                    ? Optional.of(named(place + "cursor", () -> new Cursor(text(one, place, "cursor"))))
                    : Optional.empty();
            slices.put(id, new Committed(number(one, place, "version"), cursor));
        }
    }

    private <T> T named(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException unfit) {
            throw new StateCorrupt(
                    file + ": " + field + ": " + unfit.getMessage() + ": mend it, or export the state again", unfit);
        }
    }

    private void requireOnly(JsonNode node, String at, Set<String> known) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw wrong(
                        at + name,
                        "one of " + String.join(", ", known.stream().sorted().toList()),
                        "a field of this name",
                        "remove it");
            }
        }
    }

    private JsonNode object(JsonNode node, String at, String field) {
        JsonNode value = node.path(field);
        if (!value.isObject()) {
            throw wrong(at + field, "an object", found(value), "mend it, or export the state again");
        }
        return value;
    }

    private String text(JsonNode node, String at, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw wrong(at + field, "a text", found(value), "mend it, or export the state again");
        }
        return value.textValue();
    }

    private long number(JsonNode node, String at, String field) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(at + field, "a whole number of 0 or more", found(value), "mend it, or export the state again");
        }
        return value.longValue();
    }

    private static String found(JsonNode value) {
        return value.isMissingNode()
                ? "nothing"
                : value.isContainerNode()
                        ? value.getNodeType().name().toLowerCase(java.util.Locale.ROOT)
                        : value.toString();
    }

    private StateCorrupt wrong(String field, String expected, String found, String fix) {
        return new StateCorrupt(file + ": " + field + ": expected " + expected + ", found " + found + ": " + fix);
    }
}
