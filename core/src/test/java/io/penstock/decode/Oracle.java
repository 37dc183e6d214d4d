package io.penstock.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What Jackson makes of a document, after the JDK's strict UTF-8 decoder has let it pass: the judge of the decoder. */
final class Oracle {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Oracle() {}

    /** The tree of the document, or empty if it is not valid. */
    static Optional<JsonNode> tree(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            JsonNode tree = MAPPER.readTree(text);
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (CharacterCodingException | JsonProcessingException invalid) {
            return Optional.empty();
        }
    }

    /** The tree of a line that must be valid. */
    static JsonNode line(String line) {
        return tree(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new AssertionError("not valid JSON: " + line));
    }

    /** The tree with each half of a surrogate pair replaced by U+FFFD, in names too. */
    static JsonNode repaired(JsonNode tree) {
        if (tree.isTextual()) {
            return TextNode.valueOf(repaired(tree.textValue()));
        }
        if (tree.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            tree.forEach(element -> array.add(repaired(element)));
            return array;
        }
        if (tree.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            tree.properties().forEach(field -> object.set(repaired(field.getKey()), repaired(field.getValue())));
            return object;
        }
        return tree;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder();
        text.codePoints().forEach(c -> repaired.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return repaired.toString();
    }
}
