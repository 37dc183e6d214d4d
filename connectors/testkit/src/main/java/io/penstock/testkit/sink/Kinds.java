package io.penstock.testkit.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.record.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the kinds of the top-level fields of one record, as a decoder does on the way. */
final class Kinds {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Kinds() {}

    static Map<String, Integer> of(String line) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of("", Shape.NOT_AN_OBJECT);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                kinds.merge(name, kind(parser, parser.nextToken()), (a, b) -> a | b);
                parser.skipChildren();
            }
            return kinds;
        } catch (IOException broken) {
            throw new IllegalArgumentException("not a record: " + line, broken);
        }
    }

    private static int kind(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case START_OBJECT -> Shape.OBJECT;
            case START_ARRAY -> Shape.ARRAY;
            case VALUE_STRING -> Shape.TEXT;
            case VALUE_TRUE, VALUE_FALSE -> Shape.BOOLEAN;
            case VALUE_NUMBER_FLOAT -> Shape.DECIMAL;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? Shape.BIG_INTEGER : Shape.LONG;
            default -> Shape.NULL;
        };
    }
}
