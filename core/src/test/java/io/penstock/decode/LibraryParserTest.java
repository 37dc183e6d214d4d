package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JSON library and Java itself let pass, which the decoders must judge by themselves; an upgrade that changes it is seen. */
class LibraryParserTest {

    private static List<JsonToken> tokens(JsonFactory factory, byte[] json, int piece) throws IOException {
        List<JsonToken> tokens = new ArrayList<>();
        try (JsonParser parser = factory.createNonBlockingByteArrayParser()) {
            ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
            for (int at = 0; at < json.length; at += piece) {
                feeder.feedInput(json, at, Math.min(json.length, at + piece));
                drain(parser, tokens);
            }
            feeder.endOfInput();
            drain(parser, tokens);
        }
        return tokens;
    }

    private static void drain(JsonParser parser, List<JsonToken> tokens) throws IOException {
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.NOT_AVAILABLE;
                token = parser.nextToken()) {
            tokens.add(token);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    1e999999999         | 1 | an exponent that nobody can hold
                    {"a":1} {"a":2}     | 8 | two documents in a row
                    "\\uD800"           | 1 | half a surrogate pair
                    {"a":1,"a":2}       | 6 | a name twice
                    """)
    void theLibraryAcceptsByDefault(String json, int count, String what) throws IOException {
        assertThat(tokens(new JsonFactory(), bytes(json), 4096)).as(what).hasSize(count);
    }

    @Test
    void theLibraryTakesAnOverlongZeroForAZero() throws IOException {
        assertThat(tokens(new JsonFactory(), bytes("\"a\u00C0\u0080\""), 4096)).containsExactly(JsonToken.VALUE_STRING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void theLibraryHoldsItsLimitOfDigitsInPiecesToo(int piece) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(100).build())
                .build();
        assertThatThrownBy(() -> tokens(factory, bytes("[" + "1".repeat(1000) + "]"), piece))
                .as("versions before 2.18.8, 2.21.4 and 2.22.1 did not")
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void theLibraryLooksAtItsLimitOfTextsOnlyWhenABufferGrows() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(100).build())
                .build();
        assertThatCode(() -> tokens(factory, bytes("\"" + "a".repeat(101) + "\""), 4096))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> tokens(factory, bytes("\"" + "a".repeat(100_000) + "\""), 4096))
                .isInstanceOf(StreamConstraintsException.class);
    }

    @Test
    void javaWritesAQuestionMarkForHalfASurrogatePairWithoutAWord() {
        assertThat("a\uD800b".getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes("a?b"));
    }

    @Test
    void javaReadsOneFormOfThreeOfDatesInHeaders() {
        DateTimeFormatter form = DateTimeFormatter.RFC_1123_DATE_TIME;
        assertThat(form.parse("Tue, 15 Nov 1994 08:13:31 GMT", Instant::from))
                .isEqualTo(Instant.parse("1994-11-15T08:13:31Z"));
        for (String other : List.of("Tuesday, 15-Nov-94 08:13:31 GMT", "Tue Nov 15 08:13:31 1994")) {
            assertThatThrownBy(() -> form.parse(other)).as(other).isInstanceOf(DateTimeParseException.class);
        }
    }
}
