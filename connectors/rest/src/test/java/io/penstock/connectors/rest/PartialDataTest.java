package io.penstock.connectors.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.RequestRejected;
import org.junit.jupiter.api.Test;

/** Errors beside data (A14). */
class PartialDataTest extends StubbedApi {

    private static final String PLAN = "streams: { g: { path: /graphql, records: /data/items, paging: none%s } }";

    private static void answer() {
        stub(
                get(urlEqualTo("/graphql")),
                "{\"errors\":[{\"message\":\"no rights\"}],\"data\":{\"items\":[{\"id\":1}]}}");
    }

    @Test
    void areRefusedBecauseNothingShowsWhatIsMissing() {
        answer();
        assertThatThrownBy(() -> read(PLAN.formatted(""), "g"))
                .isInstanceOf(RequestRejected.class)
                .hasMessageContaining("errors beside its data");
    }

    @Test
    void areTakenWhereThePlanAllowsIt() {
        answer();
        assertThat(read(PLAN.formatted(", allow_partial: true"), "g")).containsExactly("{\"id\":1}");
    }
}
