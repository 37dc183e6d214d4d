package io.penstock.testkit.model.endpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.testkit.model.record.ModelStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Judges what a client wants to write over a customer, by the stream's own schema. */
final class CustomerFields {

    private static final Set<String> OURS = Set.of("id", "version", "created_at", "updated_at");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode properties = Schemas.of(ModelStream.CUSTOMERS).path("properties");

    /**
     * Reads the fields to write; those that the server sets itself are left out without a word.
     *
     * @param whole whether every field must be there (PUT), or any may be missing (PATCH)
     */
    ObjectNode read(byte[] body, boolean whole) {
        ObjectNode fields = object(body);
        fields.remove(OURS);
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            judge(field.getKey(), field.getValue());
        }
        Set<String> missing = new TreeSet<>();
        properties.fieldNames().forEachRemaining(missing::add);
        missing.removeAll(OURS);
        fields.fieldNames().forEachRemaining(missing::remove);
        if (whole && !missing.isEmpty()) {
            throw unprocessable("PUT takes every field; missing: " + String.join(", ", missing));
        }
        return fields;
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode fields) {
                return fields;
            }
        } catch (IOException broken) {
            // told below, as one error
        }
        throw Problem.badRequest("bad_body", "the body must be one JSON object with fields of a customer");
    }

    private void judge(String name, JsonNode value) {
        JsonNode type = properties.path(name).path("type");
        if (type.isMissingNode()) {
            throw unprocessable("a customer has no field '" + name + "'; see /schema/customers");
        }
        boolean fits = fits(type.asText(), value);
        for (JsonNode alternative : type) {
            fits |= fits(alternative.asText(), value);
        }
        if (!fits) {
            throw unprocessable(name + " must be " + type + ", but was "
                    + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static Problem unprocessable(String message) {
        return new Problem(422, "unprocessable", message);
    }
}
