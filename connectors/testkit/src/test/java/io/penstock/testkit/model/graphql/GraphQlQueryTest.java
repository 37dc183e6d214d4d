package io.penstock.testkit.model.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.testkit.model.graphql.GraphQlQuery.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphQlQueryTest {

    private static GraphQlQuery parse(String query, String variables) {
        try {
            return GraphQlQuery.parse(query, new ObjectMapper().readTree(variables));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Test
    void readsLiteralsAliasesCommentsAndSkipsSelections() {
        GraphQlQuery query = parse(
                "{ # all of them }\n some: products(first: 3, after: \"a\\\"}\", category: null) { edges { node { id } } } __typename }",
                "{}");
        assertThat(query.fields()).extracting(Field::alias).containsExactly("some", "__typename");
        assertThat(query.fields().get(0).arguments()).containsOnlyKeys("first", "after");
        assertThat(query.fields().get(0).arguments()).containsEntry("after", TextNode.valueOf("a\"}"));
    }

    @Test
    void fillsVariablesInFromTheRequestAndFromDefaults() {
        Field field = parse(
                        "query Q($n: Int = 7, $m: Int = 8, $c: String, $l: [String!]!) { p(n: $n, m: $m, c: $c) { x } }",
                        "{\"n\":1,\"l\":[]}")
                .fields()
                .get(0);
        assertThat(field.arguments()).containsOnly(entry("n", IntNode.valueOf(1)), entry("m", IntNode.valueOf(8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "mutation { drop } ~ Only queries",
                "{ products( ~ <EOF>",
                "{ } ~ Expected Name",
                "{ products(first: $n) { x } } ~ Variable \"$n\" is not defined",
                "query ($n: Int!) { products(first: $n) { x } } ~ Variable \"$n\" is required",
                "{ products(first: ) { x } } ~ Expected a value",
                "{ products % } ~ Unexpected character",
                "'' ~ Unexpected <EOF>"
            })
    void saysWhatIsWrongWithAQuery(String query, String message) {
        assertThatThrownBy(() -> parse(query, "{}"))
                .isInstanceOf(GraphQlException.class)
                .hasMessageContaining(message);
    }
}
