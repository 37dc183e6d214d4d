package io.penstock.client.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.record.Pointer;
import io.penstock.record.Values;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The error code that many APIs put into the body of a refusal. Only a short word passes: free text of a body may hold
 * anything.
 */
final class ErrorCode {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{1,63}");
    private static final List<String> PLACES =
            List.of("/error/code", "/error/type", "/code", "/error", "/type", "/errors/0/code");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ErrorCode() {}

    /** Single values of a JSON body, as text; none if it is no JSON. */
    static Values values(byte[] body, Set<Pointer> wanted) {
        if (body.length == 0 || (body[0] != '{' && body[0] != '[')) {
            return Values.NONE;
        }
        try {
            JsonNode tree = MAPPER.readTree(body);
            Map<Pointer, String> found = new HashMap<>();
            for (Pointer pointer : wanted) {
                JsonNode value = tree.at(pointer.toString());
                if (!value.isMissingNode() && !value.isNull()) {
                    found.put(pointer, value.isValueNode() ? value.asText() : value.toString());
                }
            }
            return new Values(found);
        } catch (IOException notJson) {
            return Values.NONE;
        }
    }

    /** The code, or nothing. */
    static String in(byte[] body) {
        if (body.length == 0 || body.length > LARGEST_BODY || (body[0] != '{' && body[0] != '[')) {
            return "";
        }
        try {
            JsonNode tree = MAPPER.readTree(body);
            return PLACES.stream()
                    .map(tree::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .filter(text -> WORD.matcher(text).matches())
                    .findFirst()
                    .orElse("");
        } catch (IOException notJson) {
            return ""; // the status has said it all
        }
    }
}
