package io.penstock.auth.jwt;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.penstock.error.AccessDenied.AuthError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One JSON object of a token: no name twice, nothing behind it, no bad UTF-8, no deep nesting. */
final class StrictJson {

    private static final int DEPTH = 16;
    private static final int LONGEST_NUMBER = 30;

    private static final ObjectReader READER = new ObjectMapper(new JsonFactoryBuilder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StrictJson() {}

    static Map<String, Object> object(byte[] bytes, String what) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Map<String, Object> read = READER.readValue(text);
            if (read != null) {
                return read;
            }
        } catch (CharacterCodingException malformed) {
            throw new AuthError("a JWT is refused: its " + what + " is no UTF-8");
        } catch (IOException malformed) { // its message repeats the text: no cause
            throw new AuthError("a JWT is refused: its " + what + " is no JSON object with each name once");
        }
        throw new AuthError("a JWT is refused: its " + what + " is no JSON object");
    }
}
