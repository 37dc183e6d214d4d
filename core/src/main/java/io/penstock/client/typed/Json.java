package io.penstock.client.typed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** The mapper of typed reading and writing: numbers keep their digits, dates are ISO 8601, unknown fields are no error. */
public final class Json {

    /** Safe for concurrent use; not to be configured further. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    /** Where and why a document does not fit a type, without any of its content. */
    public static String reason(Throwable failure) {
        if (failure instanceof JsonProcessingException json && json.getLocation() != null) {
            return json.getClass().getSimpleName() + " at byte "
                    + json.getLocation().getByteOffset();
        }
        return failure.getClass().getSimpleName();
    }
}
