package io.penstock.testkit.model.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.testkit.model.graphql.GraphQlException;
import io.penstock.testkit.model.graphql.GraphQlQuery;
import io.penstock.testkit.model.graphql.GraphQlQuery.Field;
import io.penstock.testkit.model.graphql.Introspection;
import io.penstock.testkit.model.record.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code POST /graphql}: products, and what the schema is. Errors come with status 200, as GraphQL servers send them. */
final class GraphQlEndpoint implements Endpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProductsEndpoint products;

    GraphQlEndpoint(Pages pages) {
        this.products = new ProductsEndpoint(pages);
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.defer(() -> fields(call, query(call.body().copy())))
                .onErrorResume(GraphQlException.class, error -> Mono.just(error(error)))
                .onErrorResume(Problem.class, error -> Mono.just(error(error)));
    }

    private static GraphQlQuery query(byte[] body) {
        try {
            JsonNode request = JSON.readTree(body);
            if (!request.path("query").isTextual()) {
                throw new GraphQlException("The body must be a JSON object with a string \"query\".");
            }
            return GraphQlQuery.parse(request.path("query").textValue(), request.path("variables"));
        } catch (IOException broken) {
            throw new GraphQlException("The body is not JSON; expected {\"query\": \"...\", \"variables\": {...}}.");
        }
    }

    private Mono<Reply> fields(Call call, GraphQlQuery query) {
        return Flux.fromIterable(query.fields())
                .concatMap(field -> value(call, field), 1)
                .collectList()
                .map(values -> join(query.fields(), values));
    }

    private Mono<Reply> value(Call call, Field field) {
        return switch (field.name()) {
            case "products" -> products.answer(call, field);
            case "__schema" -> Mono.just(Reply.json(200, Introspection.schema()));
            case "__type" -> Mono.just(Reply.json(200, Introspection.type(typeName(field))));
            case "__typename" -> Mono.just(Reply.json(200, "Query"));
            default -> throw new GraphQlException("Cannot query field \"" + field.name() + "\" on type \"Query\".");
        };
    }

    private static String typeName(Field field) {
        JsonNode name = field.arguments().get("name");
        if (name == null) {
            throw new GraphQlException("Field \"__type\" needs the argument \"name\".");
        }
        return name.asText();
    }

    private static Reply join(List<Field> fields, List<Reply> values) {
        Bytes out = new Bytes(
                values.stream().mapToInt(value -> value.body().length() + 64).sum());
        out.text("{\"data\":{");
        for (int at = 0; at < values.size(); at++) {
            Bytes value = values.get(at).body();
            out.text((at == 0 ? "\"" : ",\"") + fields.get(at).alias() + "\":").raw(value.array(), 0, value.length());
        }
        return Reply.ok(out.text("}}"));
    }

    private static Reply error(Exception error) {
        return Reply.json(200, Map.of("errors", List.of(Map.of("message", String.valueOf(error.getMessage())))));
    }
}
