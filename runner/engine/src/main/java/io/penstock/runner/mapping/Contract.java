package io.penstock.runner.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Pointer;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.Unfit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JSON Schema of a stream, held against its records. {@code format} is not judged, as the standard has it. */
final class Contract {

    private static final int LONGEST = 200;
    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(Raw.JUDGED).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Schema schema;

    private Contract(Schema schema) {
        this.schema = schema;
    }

    /**
     * The contract of a stream.
     *
     * @throws ConfigError if the stream has no schema, or one that cannot be read
     */
    static Contract of(StreamInfo stream) {
        String text = stream.schema()
                .orElseThrow(
                        () -> new ConfigError(
                                "the stream " + stream.id()
                                        + " cannot be validated: its source gives no JSON Schema for it. Write one under schema if the source takes it, or take validate out of the plan"));
        try {
            return new Contract(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text));
        } catch (SchemaException unreadable) {
            throw new ConfigError("the JSON Schema of the stream " + stream.id() + " cannot be read", unreadable);
        }
    }

    /**
     * Judges a record.
     *
     * @throws Unfit naming the place and the rule that is broken, not the value
     */
    void require(byte[] bytes, int from, int to) {
        List<Error> errors;
        try {
            errors = schema.validate(JSON.readTree(bytes, from, to - from));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records are valid JSON", impossible);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
        if (!errors.isEmpty()) {
            throw unfit(errors.get(0));
        }
    }

    private static Unfit unfit(Error error) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            names.add(String.valueOf(error.getInstanceLocation().getName(i)));
        }
        String rule = error.getKeyword() + ": " + error.getSchemaNode();
        byte[] shown = rule.getBytes(StandardCharsets.UTF_8);
        return Unfit.schema(
                new Pointer(names).toString(),
                "expected what the stream's schema says, " + (shown.length > LONGEST ? error.getKeyword() : rule)
                        + (error.getProperty() == null ? "" : " (" + error.getProperty() + ")"));
    }
}
