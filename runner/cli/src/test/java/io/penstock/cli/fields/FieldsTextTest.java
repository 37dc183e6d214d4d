package io.penstock.cli.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTextTest {

    private static List<String> lines(Optional<String> schema) {
        return FieldsText.lines(new StreamInfo(
                StreamId.of("shop", "orders"), schema, List.of("id"), Optional.empty(), Optional.empty(), Resume.NONE));
    }

    private static List<String> of(String properties) {
        return lines(Optional.of("{\"type\":\"object\",\"properties\":{" + properties
                + "},\"required\":[\"id\",\"paid\"],\"$defs\":{\"money\":{\"type\":\"number\"},"
                + "\"loop\":{\"$ref\":\"#/$defs/loop\"}}}"));
    }

    @Test
    void namesEachFieldWithItsTypeAndMarksWhatMayBeAbsent() {
        assertThat(of("\"id\":{\"type\":\"integer\"},\"total\":{\"type\":\"number\"},"
                        + "\"paid\":{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"},"
                        + "\"lines\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}},"
                        + "\"to\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"))
                .containsExactly("    id integer, total number?, paid date-time?, lines array?, to object?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"type\":[\"integer\",\"string\"]}; integer|string",
                "{\"type\":\"string\",\"format\":\"email\"}; string",
                "{\"type\":\"null\"}; null?",
                "{}; any",
                "true; any",
                "{\"$ref\":\"#/$defs/money\"}; number",
                "{\"$ref\":\"#/$defs/loop\"}; any",
                "{\"$ref\":\"https://example.com/x\"}; any",
                "{\"enum\":[\"a\",1,null]}; string|integer?",
                "{\"const\":1.5}; number",
                "{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}]}; boolean?"
            })
    void saysOfEverySchemaWhatItAllows(String schema, String type) {
        assertThat(of("\"id\":" + schema)).containsExactly("    id " + type);
    }

    @Test
    void wrapsBetweenFieldsAndOnlyThere() {
        List<String> lines = of(IntStream.range(0, 40)
                .mapToObj(i -> "\"field_" + i + "\":{\"type\":\"string\"}")
                .collect(Collectors.joining(",")));

        assertThat(lines)
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        line -> assertThat(line).startsWith("    field_").hasSizeLessThanOrEqualTo(FieldsText.WIDTH));
        assertThat(lines.get(0)).endsWith(",").hasSizeGreaterThan(FieldsText.WIDTH - 20);
        assertThat(String.join("", lines).split(",")).hasSize(40);
        assertThat(of("\"" + "x".repeat(200) + "\":{}")).hasSize(1);
    }

    @Test
    void aNameThatCouldSteerATerminalIsQuoted() {
        assertThat(of("\"a b\":{},\"\\u001b[2J\":{},\"größe.cm\":{},\"\\u202e\":{}"))
                .containsExactly("    \"a b\" any?, \"\\u001B[2J\" any?, größe.cm any?, \"?\" any?");
    }

    @Test
    void saysWhyThereAreNone() {
        assertThat(lines(Optional.empty())).containsExactly("    fields not known before records are read");
        assertThat(lines(Optional.of("{}"))).containsExactly("    any fields: the schema names none");
    }
}
