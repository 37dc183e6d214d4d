package io.penstock.auth.oauth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.UnexpectedContent;
import java.io.IOException;
import java.util.Optional;

/** JSON from an authorization server: strict, small, and never quoted in an error. */
final class ServerJson {

    private static final int LARGEST = 64 * 1024;
    private static final int DEEPEST = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ServerJson() {}

    /**
     * The object in {@code body}.
     *
     * @param what names the answer in errors
     */
    static JsonNode object(byte[] body, String what) {
        if (body.length > LARGEST) {
            throw new LimitExceeded(what + " is larger than 64 KiB: check that the URL is right");
        }
        if (first(body) != '{') {
            throw new UnexpectedContent(what + " is no JSON object: check that the URL is right");
        }
        try {
            return MAPPER.readTree(body);
        } catch (IOException | RuntimeException unreadable) {
            throw new MalformedPayload(what + " is broken JSON, or has a field twice"); // the cause quotes it
        }
    }

    private static int first(byte[] body) {
        for (byte one : body) {
            if (one != ' ' && one != '\t' && one != '\r' && one != '\n') {
                return one;
            }
        }
        return -1;
    }

    /** A text of the object; empty if there is none, or it is no text. */
    static Optional<String> text(JsonNode object, String name) {
        return Optional.of(object.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}
