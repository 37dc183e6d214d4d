package io.penstock.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Jackson makes of a document, after the JDK's strict UTF-8 decoder has let it pass: the judge of the decoder. */
final class Oracle {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\(u[dD][89aAbB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]\\p{XDigit}{2}|u\\p{XDigit}{4}|.)", Pattern.DOTALL);

    private Oracle() {}

    /** The tree of the document, or empty if it is not valid. */
    static Optional<JsonNode> tree(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            JsonNode tree = MAPPER.readTree(repaired(text));
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (CharacterCodingException | JsonProcessingException | NumberFormatException invalid) {
            return Optional.empty();
        }
    }

    /** The tree of a line that must be valid. */
    static JsonNode line(String line) {
        return tree(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new AssertionError("not valid JSON: " + line));
    }

    /** Jackson refuses half a surrogate pair in a name, and takes it in a value: here both are U+FFFD, as the decoder has it. */
    private static String repaired(String text) {
        Matcher escape = ESCAPE.matcher(text);
        return escape.replaceAll(found -> {
            String all = found.group();
            boolean half = all.length() == 6 && Character.isSurrogate((char) Integer.parseInt(all.substring(2), 16));
            return Matcher.quoteReplacement(half ? "\\ufffd" : all);
        });
    }
}
