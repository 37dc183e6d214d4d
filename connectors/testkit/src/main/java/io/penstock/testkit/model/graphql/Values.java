package io.penstock.testkit.model.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Literals and variables of one query. */
final class Values {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode given;
    private final Map<String, JsonNode> defined = new HashMap<>();

    Values(JsonNode given) {
        this.given = given;
    }

    /** Reads {@code $name: Type = default}. */
    void define(GraphQlTokens tokens) {
        tokens.expect("$");
        String name = tokens.name();
        tokens.expect(":");
        boolean required = tokens.type();
        JsonNode fallback = tokens.accept("=") ? literal(tokens) : NullNode.getInstance();
        JsonNode value = given.path(name).isMissingNode() ? fallback : given.path(name);
        if (required && value.isNull()) {
            throw new GraphQlException("Variable \"$" + name + "\" is required but was not provided.");
        }
        defined.put(name, value);
    }

    /** Reads arguments up to and including the closing parenthesis. */
    Map<String, JsonNode> arguments(GraphQlTokens tokens) {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        while (!tokens.accept(")")) {
            String name = tokens.name();
            tokens.expect(":");
            JsonNode value = tokens.accept("$") ? variable(tokens.name()) : literal(tokens);
            if (!value.isNull()) {
                arguments.put(name, value);
            }
        }
        return arguments;
    }

    private JsonNode variable(String name) {
        JsonNode value = defined.get(name);
        if (value == null) {
            throw new GraphQlException("Variable \"$" + name + "\" is not defined.");
        }
        return value;
    }

    private static JsonNode literal(GraphQlTokens tokens) {
        String token = tokens.next();
        boolean name = Character.isLetter(token.charAt(0));
        try {
            return name && !token.matches("true|false|null") ? TextNode.valueOf(token) : JSON.readTree(token);
        } catch (JsonProcessingException broken) {
            throw new GraphQlException("Syntax Error: Expected a value, found " + token + ".");
        }
    }
}
