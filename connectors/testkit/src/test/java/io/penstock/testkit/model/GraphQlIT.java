package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The GraphQL side beyond a plain walk. */
class GraphQlIT {

    @RegisterExtension
    static final Served SERVED = new Served(ModelApi.builder().records(900));

    private static final ModelApi API = SERVED.api;

    private static JsonNode ask(String query) {
        return Client.json(Client.send(new Client(API, 1).post("{\"query\":" + Client.quoted(query) + "}")));
    }

    @Test
    void theCategoriesAddUpToAllProducts() {
        long total = 0;
        for (String category :
                List.of("books", "clothing", "electronics", "food", "garden", "home", "sports", "toys")) {
            JsonNode edges = ask("{ products(first: 1000, category: \"" + category + "\") { edges { node { id } } } }")
                    .at("/data/products/edges");
            assertThat(edges)
                    .isNotEmpty()
                    .allMatch(edge -> edge.at("/node/category").asText().equals(category));
            total += edges.size();
        }
        assertThat(total).isEqualTo(900);
    }

    @Test
    void aliasesAndSeveralFieldsAreAnsweredInOneGo() {
        JsonNode data = ask("{ a: products(first: 1) { x } b: products(first: 2) { x } t: __typename }")
                .path("data");
        assertThat(data.at("/a/edges").size()).isEqualTo(1);
        assertThat(data.at("/b/edges").size()).isEqualTo(2);
        assertThat(data.at("/b/pageInfo/endCursor")).isEqualTo(data.at("/b/edges/1/cursor"));
        assertThat(data.path("t").asText()).isEqualTo("Query");
    }

    @Test
    void introspectionDescribesWhatIsServed() {
        JsonNode type = ask("{ __type(name: \"Product\") { fields { name } } }").at("/data/__type");
        List<String> declared = new ArrayList<>();
        type.path("fields").forEach(field -> declared.add(field.path("name").asText()));
        List<String> served = new ArrayList<>();
        ask("{ products(first: 1) { x } }")
                .at("/data/products/edges/0/node")
                .fieldNames()
                .forEachRemaining(served::add);
        served.add("deleted");
        assertThat(declared).containsExactlyInAnyOrderElementsOf(served);
        JsonNode schema = ask("query IntrospectionQuery { __schema { queryType { name } types { name } } }")
                .at("/data/__schema");
        assertThat(schema.at("/types/0/fields/0/args"))
                .extracting(argument -> argument.path("name").asText())
                .containsExactly("first", "after", "category", "updatedSince");
        assertThat(ask("{ __type(name: \"Nothing\") { name } }")
                        .at("/data/__type")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{ customers { id } } ~ Cannot query field \"customers\"",
                "{ products(last: 1) { x } } ~ Unknown argument \"last\"",
                "{ products(first: 0) { x } } ~ first must be",
                "{ products(first: 1001) { x } } ~ first must be",
                "{ products(first: \"1\") { x } } ~ first must be",
                "{ products(category: \"cars\") { x } } ~ Unknown category \"cars\"; there are books",
                "{ products(after: \"x\") { x } } ~ no cursor of this query",
                "{ products(after: 1) { x } } ~ after must be a String",
                "{ products(updatedSince: \"soon\") { x } } ~ updatedSince must be an ISO date",
                "mutation { x } ~ Only queries"
            })
    void errorsComeAsGraphQlErrors(String query, String message) {
        JsonNode answer = ask(query);
        assertThat(answer.path("data").isMissingNode()).isTrue();
        assertThat(answer.at("/errors/0/message").asText()).contains(message);
    }

    @Test
    void aBodyThatIsNoRequestIsAnErrorToo() {
        for (String body : List.of("", "{", "[]", "{\"query\":1}", "null")) {
            JsonNode answer = Client.json(Client.send(new Client(API, 1).post(body)));
            assertThat(answer.at("/errors/0/message").asText()).as(body).contains("The body");
        }
    }
}
