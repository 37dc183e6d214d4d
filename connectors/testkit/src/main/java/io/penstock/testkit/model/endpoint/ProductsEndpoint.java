package io.penstock.testkit.model.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.graphql.GraphQlException;
import io.penstock.testkit.model.graphql.GraphQlQuery.Field;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import io.penstock.testkit.model.record.ProductShape;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The field {@code products}: a Relay connection. */
final class ProductsEndpoint {

    private static final byte[] EDGES = Bytes.utf8("{\"edges\":[");
    private static final byte[] FIRST = Bytes.utf8("{\"cursor\":\"");
    private static final byte[] NEXT = Bytes.utf8(",{\"cursor\":\"");
    private static final byte[] NODE = Bytes.utf8("\",\"node\":");
    private static final byte[] HAS_NEXT = Bytes.utf8("],\"pageInfo\":{\"hasNextPage\":");
    private static final byte[] END_CURSOR = Bytes.utf8(",\"endCursor\":");
    private static final Set<String> ARGUMENTS = Set.of("first", "after", "category", "updatedSince");

    private final Pages pages;
    private final Tokens tokens;

    ProductsEndpoint(Pages pages) {
        this.pages = pages;
        this.tokens = new Tokens(pages.data().seed(), "products");
    }

    /** The value of the field, as JSON. */
    Mono<Reply> answer(Call call, Field field) {
        Map<String, JsonNode> arguments = field.arguments();
        for (String name : arguments.keySet()) {
            if (!ARGUMENTS.contains(name)) {
                throw new GraphQlException("Unknown argument \"" + name + "\" on field \"Query.products\".");
            }
        }
        int first = first(arguments.get("first"));
        int start = start(text("after", arguments));
        Filter filter = Filter.NONE.facet(category(text("category", arguments)));
        String since = text("updatedSince", arguments);
        Filter all = since == null ? filter : filter.since(Query.instant("updatedSince", since));
        return pages.answer(call, ModelStream.PRODUCTS, all, (found, reader) -> page(start, first, found, reader));
    }

    private Reply page(int start, int first, Selection found, RecordReader reader) {
        Bytes out = Pages.room(first, found).raw(EDGES);
        int index = found.next(start, reader);
        int last = -1;
        for (int written = 0; index >= 0 && written < first; written++) {
            last = index;
            out.raw(written == 0 ? FIRST : NEXT).text(tokens.of(index)).raw(NODE);
            reader.write(out);
            out.ascii('}');
            index = found.next(index + 1, reader);
        }
        out.raw(HAS_NEXT).bool(index >= 0).raw(END_CURSOR);
        out.text(last < 0 ? "null" : "\"" + tokens.of(last) + "\"").text("}}");
        return Reply.ok(out);
    }

    private int start(@Nullable String after) {
        return after == null ? 0 : (int) tokens.read(after, 0)[0] + 1;
    }

    private static int first(@Nullable JsonNode first) {
        if (first == null) {
            return Query.DEFAULT_SIZE;
        }
        if (!first.isInt() || first.intValue() < 1 || first.intValue() > Query.MAX_SIZE) {
            throw new GraphQlException("first must be an Int from 1 to " + Query.MAX_SIZE + ", found " + first + ".");
        }
        return first.intValue();
    }

    private static @Nullable String text(String name, Map<String, JsonNode> arguments) {
        JsonNode value = arguments.get(name);
        if (value != null && !value.isTextual()) {
            throw new GraphQlException(name + " must be a String, found " + value + ".");
        }
        return value == null ? null : value.textValue();
    }

    private static int category(@Nullable String name) {
        int found = name == null ? -1 : ProductShape.categories().indexOf(name);
        if (name != null && found < 0) {
            throw new GraphQlException("Unknown category \"" + name + "\"; there are "
                    + String.join(", ", ProductShape.categories()) + ".");
        }
        return found + 1;
    }
}
