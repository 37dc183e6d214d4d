package io.penstock.testkit.model.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The root fields of a query with their arguments, variables filled in.
 *
 * @param fields in the order in which they were asked for; never empty
 */
public record GraphQlQuery(List<Field> fields) {

    /** Copies. */
    public GraphQlQuery {
        fields = List.copyOf(fields);
    }

    /**
     * One root field.
     *
     * @param alias the name it has in the answer
     * @param name what is asked for
     * @param arguments by name; null values are left out
     */
    public record Field(String alias, String name, Map<String, JsonNode> arguments) {

        /** Copies. */
        public Field {
            arguments = Map.copyOf(arguments);
        }
    }

    /**
     * Reads a query document with one operation.
     *
     * @param text the document
     * @param variables an object, or a null or missing node
     * @throws GraphQlException if it is no query of the subset understood here
     */
    public static GraphQlQuery parse(String text, JsonNode variables) {
        GraphQlTokens tokens = new GraphQlTokens(text);
        Values values = new Values(variables);
        if (!tokens.peek().equals("{")) {
            operation(tokens, values);
        }
        tokens.expect("{");
        List<Field> fields = new ArrayList<>();
        while (!tokens.peek().equals("}")) {
            fields.add(field(tokens, values));
        }
        if (fields.isEmpty()) {
            throw new GraphQlException("Syntax Error: Expected Name, found \"}\".");
        }
        return new GraphQlQuery(fields);
    }

    private static void operation(GraphQlTokens tokens, Values values) {
        String kind = tokens.next();
        if (!kind.equals("query")) {
            throw new GraphQlException("Only queries are served, found \"" + kind + "\".");
        }
        if (tokens.nameAhead()) {
            tokens.next();
        }
        if (tokens.accept("(")) {
            while (!tokens.accept(")")) {
                values.define(tokens);
            }
        }
    }

    private static Field field(GraphQlTokens tokens, Values values) {
        String alias = tokens.name();
        String name = tokens.accept(":") ? tokens.name() : alias;
        Map<String, JsonNode> arguments = tokens.accept("(") ? values.arguments(tokens) : Map.of();
        if (tokens.peek().equals("{")) {
            tokens.skipBlock();
        }
        return new Field(alias, name, arguments);
    }
}
