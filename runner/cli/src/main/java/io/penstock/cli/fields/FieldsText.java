package io.penstock.cli.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.cli.view.FailureText;
import io.penstock.record.StreamInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The fields of a stream for people: {@code id integer, name string, closed_at date-time?, lines array}.
 *
 * <p>A question mark is behind a field that may be null or missing. What lies inside objects and arrays is left to the JSON.
 */
public final class FieldsText {

    /** Columns that a line may fill, unless a single field is longer. */
    static final int WIDTH = 100;

    private static final String INDENT = "    ";

    private FieldsText() {}

    /** Indented lines with all fields of {@code stream}, or with the reason why there are none. */
    public static List<String> lines(StreamInfo stream) {
        return stream.schema()
                .map(FieldsText::lines)
                .orElseGet(() -> List.of(INDENT + "fields not known before records are read"));
    }

    private static List<String> lines(String text) {
        JsonNode schema = (JsonNode) FailureText.parsed(text);
        List<String> fields = new ArrayList<>();
        Set<String> required = texts(schema.path("required"));
        SchemaTypes types = new SchemaTypes(schema);
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            fields.add(field(field.getKey(), types.of(field.getValue()), required.contains(field.getKey())));
        }
        return fields.isEmpty() ? List.of(INDENT + "any fields: the schema names none") : wrapped(fields);
    }

    private static String field(String name, Set<String> types, boolean required) {
        Set<String> plain = new LinkedHashSet<>(types);
        boolean optional = plain.remove("null") || !required;
        return shown(name) + " " + (plain.isEmpty() ? "null" : String.join("|", plain)) + (optional ? "?" : "");
    }

    /** A name as it is, or in quotes if it could be taken for something else; what an API sends must not steer a terminal. */
    private static String shown(String name) {
        return name.matches("[\\p{L}\\p{N}_.@#$:-]+")
                ? name
                : FailureText.json(name).replaceAll("\\p{C}", "?");
    }

    private static List<String> wrapped(List<String> fields) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i) + (i == fields.size() - 1 ? "" : ",");
            if (line.length() > INDENT.length() && line.length() + field.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line.setLength(INDENT.length());
            }
            line.append(field).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> all = new HashSet<>();
        StreamSupport.stream(list.spliterator(), false).forEach(node -> all.add(node.asText()));
        return all;
    }
}
