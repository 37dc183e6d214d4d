package io.penstock.client.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.penstock.record.Pointer;
import io.penstock.record.Values;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the body of a refusal says to a program, where it is JSON: a code, a problem of quotas, the scopes that were missing. Only
 * short words of few signs pass: free text of a body may hold anything.
 */
final class ErrorBody {

    private static final int LARGEST = 64 * 1024;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{1,63}");
    private static final List<String> CODES =
            List.of("/error/code", "/error/type", "/code", "/error", "/type", "/errors/0/code");
    private static final List<String> SCOPES = List.of(
            "/scope",
            "/scopes",
            "/required_scope",
            "/required_scopes",
            "/needed",
            "/error/scope",
            "/error/scopes",
            "/error/required_scope",
            "/error/required_scopes");

    /** Who is taken for an abuser makes it worse by coming back soon. */
    private static final Duration NOT_SOON = Duration.ofMinutes(1);

    /** How the types of problems end that say that a quota is spent (RateLimit header fields for HTTP), and the least wait. */
    private static final Map<String, Duration> THROTTLES = Map.of(
            "quota-exceeded", Duration.ZERO,
            "temporary-reduced-capacity", Duration.ZERO,
            "abnormal-usage-detected", NOT_SOON);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode tree;

    private ErrorBody(JsonNode tree) {
        this.tree = tree;
    }

    /** Reads {@code body}; what is no JSON, or larger than a refusal is, says nothing. */
    static ErrorBody of(byte[] body) {
        return new ErrorBody(body.length > LARGEST ? MissingNode.getInstance() : tree(body));
    }

    private static JsonNode tree(byte[] body) {
        if (body.length == 0 || (body[0] != '{' && body[0] != '[')) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance(); // the status has said it all
        }
    }

    /** Single values of a JSON body, as text; none if it is no JSON. */
    static Values values(byte[] body, Set<Pointer> wanted) {
        JsonNode tree = tree(body);
        Map<Pointer, String> found = new HashMap<>();
        for (Pointer pointer : wanted) {
            JsonNode value = tree.at(pointer.toString());
            if (!value.isMissingNode() && !value.isNull()) {
                found.put(pointer, value.isValueNode() ? value.asText() : value.toString());
            }
        }
        return found.isEmpty() ? Values.NONE : new Values(found);
    }

    /** The API's own code, or the name of a {@link #throttle problem of quotas}; empty if there is neither. */
    String code() {
        return CODES.stream()
                .map(tree::at)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> WORD.matcher(text).matches())
                .findFirst()
                .or(this::problem)
                .orElse("");
    }

    /** How long to wait at least, if the type of a problem (RFC 9457) says that a quota is spent; empty if it does not. */
    Optional<Duration> throttle() {
        return problem().map(THROTTLES::get);
    }

    private Optional<String> problem() {
        String type = tree.at("/type").asText("");
        return THROTTLES.keySet().stream()
                .filter(name -> type.endsWith("#" + name))
                .findFirst();
    }

    /** The texts in which APIs name the scopes that a request needs, unjudged. */
    Stream<String> scopes() {
        return SCOPES.stream().map(tree::at).flatMap(ErrorBody::texts);
    }

    private static Stream<String> texts(JsonNode node) {
        return (node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }
}
