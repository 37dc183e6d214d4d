package io.penstock.rate.hint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import io.penstock.message.Headers;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A cost in the body: one pass over its tokens, that ends where the number stands. */
final class JsonCost implements CostReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private final JsonPointer pointer;

    JsonCost(String pointer) {
        this.pointer = JsonPointer.compile(pointer);
    }

    @Override
    public OptionalInt cost(Headers headers, byte[] body) {
        try (JsonParser parser = new FilteringParserDelegate(
                JSON.createParser(body), new JsonPointerBasedFilter(pointer), Inclusion.ONLY_INCLUDE_ALL, false)) {
            return parser.nextToken() == null ? OptionalInt.empty() : whole(parser.getText());
        } catch (IOException notJson) {
            return OptionalInt.empty(); // the decoder says so, with the place
        }
    }

    static OptionalInt whole(String text) {
        return NUMBER.matcher(text).matches()
                ? OptionalInt.of(
                        new BigDecimal(text).setScale(0, RoundingMode.CEILING).intValueExact())
                : OptionalInt.empty();
    }
}
