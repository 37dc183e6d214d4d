package io.penstock.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.io.IOException;
import java.util.List;

/** Puts one value into the JSON body of a request. */
final class JsonBody {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonBody() {}

    /**
     * The request with {@code value} as string at {@code pointer}; objects on the way there are made where they lack.
     *
     * @throws ConfigError if the body is not a JSON object, or something else stands on the way
     */
    static ApiRequest with(ApiRequest request, Pointer pointer, String value) {
        ObjectNode root = object(request.body());
        ObjectNode parent = root;
        List<String> segments = pointer.segments();
        for (String segment : segments.subList(0, segments.size() - 1)) {
            parent = child(parent, segment, pointer);
        }
        parent.put(segments.get(segments.size() - 1), value);
        return request.body(request.headers().first("Content-Type").orElse("application/json"), bytes(root));
    }

    private static ObjectNode child(ObjectNode parent, String name, Pointer pointer) {
        JsonNode child = parent.path(name);
        if (child.isMissingNode() || child.isNull()) {
            return parent.putObject(name);
        }
        if (child instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigError("the cursor cannot be put at " + pointer + " of the request's body: " + name
                + " is not an object there");
    }

    private static ObjectNode object(byte[] body) {
        try {
            JsonNode tree = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            throw new ConfigError("a cursor in the body needs a JSON body, but the request's is none", notJson);
        }
        throw new ConfigError("a cursor in the body needs a JSON object as the request's body");
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree could not be written", impossible);
        }
    }
}
