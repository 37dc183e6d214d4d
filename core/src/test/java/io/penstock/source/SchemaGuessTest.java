package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaGuessTest {

    @Test
    void saysWhatWasSeenAndLeavesRoomForNull() {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put("id", Shape.LONG);
        fields.put("price", Shape.LONG | Shape.DECIMAL);
        fields.put("note", Shape.TEXT | Shape.NULL);
        fields.put("tags", Shape.ARRAY);
        fields.put("never", Shape.NULL);
        assertThat(SchemaGuess.of(new Shape(fields), List.of("id")).orElseThrow())
                .isEqualTo("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
                        + "\"properties\":{\"id\":{\"type\":[\"integer\"]},\"price\":{\"type\":[\"number\",\"null\"]},"
                        + "\"note\":{\"type\":[\"string\",\"null\"]},\"tags\":{\"type\":[\"array\",\"null\"]}},"
                        + "\"required\":[\"id\"]}");
    }

    @Test
    void saysNothingWithoutRecordsOrOfRecordsThatAreNoObjects() {
        assertThat(SchemaGuess.of(Shape.EMPTY, List.of())).isEmpty();
        assertThat(SchemaGuess.of(new Shape(Map.of("", Shape.NOT_AN_OBJECT)), List.of()))
                .isEmpty();
    }
}
