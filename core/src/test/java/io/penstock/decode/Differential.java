package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The decoder of pieces against Jackson's parser of whole documents: the same records, or both refuse. */
public final class Differential {

    private Differential() {}

    /** One document with records at {@code pointer}; {@code name} tells which, should they differ. */
    public static void json(byte[] document, String pointer, String name) {
        Decoded decoded = Decoded.whole(Decoded.json(pointer), document.clone());
        Optional<JsonNode> tree = Oracle.tree(withoutMark(document));
        Supplier<String> about = () -> name + ", records at '" + pointer + "': "
                + new String(document, StandardCharsets.UTF_8) + "\n" + decoded.failure();
        if (tree.isEmpty()) {
            assertThat(decoded.failed()).as(about).isTrue();
            return;
        }
        JsonNode records = tree.get().at(pointer);
        if (decoded.failed()) {
            assertThat(stricter(decoded.failure(), records)).as(about).isTrue();
            return;
        }
        assertThat(decoded.lines().stream().map(Oracle::line).toList())
                .as(about)
                .isEqualTo(expected(records));
    }

    private static byte[] withoutMark(byte[] document) {
        boolean marked = document.length >= 3
                && document[0] == (byte) 0xEF
                && document[1] == (byte) 0xBB
                && document[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(document, 3, document.length) : document;
    }

    /** Where the decoder refuses what Jackson takes: no records there, or two answers to where they are. */
    private static boolean stricter(String failure, JsonNode records) {
        return failure.startsWith("UnexpectedContent") && !records.isArray() && !records.isObject() && !records.isNull()
                || failure.contains("the document has two values at")
                || failure.startsWith("RecordRejected");
    }

    private static List<JsonNode> expected(JsonNode records) {
        List<JsonNode> expected = new ArrayList<>();
        if (records.isArray()) {
            records.forEach(expected::add);
        } else if (records.isObject()) {
            expected.add(records);
        }
        return expected;
    }

    /** A record a line. */
    public static void lines(byte[] document) {
        Decoded decoded = Decoded.whole(Decoders.ndjson(DecodeLimits.DEFAULT), document.clone());
        List<Optional<JsonNode>> expected = new ArrayList<>();
        byte[] body = withoutMark(document);
        int from = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == '\n') {
                byte[] line = Arrays.copyOfRange(body, from, at);
                if (!new String(line, StandardCharsets.ISO_8859_1).matches("[ \t\r]*")) {
                    expected.add(Oracle.tree(line));
                }
                from = at + 1;
            }
        }
        Supplier<String> about = () -> new String(document, StandardCharsets.UTF_8) + "\n" + decoded.failure();
        if (expected.stream().anyMatch(Optional::isEmpty)) {
            assertThat(decoded.failed()).as(about).isTrue();
        } else if (decoded.failed()) {
            assertThat(decoded.failure()).as(about).startsWith("RecordRejected");
        } else {
            assertThat(decoded.lines().stream().map(Oracle::line).map(Optional::of))
                    .as(about)
                    .containsExactlyElementsOf(expected);
        }
    }
}
