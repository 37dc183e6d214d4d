package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask what, and what wrong questions are told. */
class AccessIT {

    @RegisterExtension
    static final Served SERVED = new Served(ModelApi.builder().records(300));

    private static final ModelApi API = SERVED.api;

    private static HttpResponse<String> send(String method, String path, Map<String, String> headers) {
        return Client.send(new Client(API, 1)
                .request(path, headers)
                .method(method, java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
    }

    @ParameterizedTest
    @CsvSource({
        "X-Api-Key, demo-key, 200",
        "X-Api-Key, demo-kez, 401",
        "X-Api-Key, demo-token, 401",
        "Authorization, Bearer demo-token, 200",
        "Authorization, bearer demo-token, 200",
        "Authorization, Bearer demo-key, 401",
        "Authorization, Bearer, 401",
        "Authorization, Basic ZGVtbzpkZW1vLXBhc3N3b3Jk, 200",
        "Authorization, Basic ZGVtbzp3cm9uZw==, 401",
        "Authorization, Digest demo-token, 401",
        "Accept, */*, 401"
    })
    void oneValidCredentialOpensEveryDataPath(String header, String value, int status) {
        for (String path : new String[] {"/v1/customers", "/v1/documents", "/v1/customers/cus_000000001"}) {
            HttpResponse<String> response = send("GET", path, Map.of(header, value));
            assertThat(response.statusCode()).as(path).isEqualTo(status);
            assertThat(response.headers().firstValue("WWW-Authenticate").isPresent())
                    .isEqualTo(status == 401);
        }
    }

    @Test
    void theKeyMayStandInTheQueryAndIsNotRepeatedInLinks() {
        HttpResponse<String> events = send("GET", "/v1/events?per_page=10&api_key=demo-key", Map.of());
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Link").orElse(""))
                .contains("page=2&per_page=10>; rel=\"next\"")
                .contains("page=1&per_page=10>; rel=\"first\"")
                .doesNotContain("demo-key");
        assertThat(send("GET", "/v1/documents?api_key=demo-key", Map.of()).body())
                .doesNotContain("demo-key");
        assertThat(send("GET", "/v1/events?api_key=wrong", Map.of()).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"/health", "/schema/orders", "/_truth", "/_stats"})
    void whatTheServerSaysAboutItselfIsOpen(String path) {
        assertThat(send("GET", path, Map.of()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/customers?per_page=1001, 400, bad_per_page",
        "GET, /v1/customers?per_page=0, 400, bad_per_page",
        "GET, /v1/customers?page=zero, 400, bad_page",
        "GET, /v1/customers?start_date=yesterday, 400, bad_start_date",
        "GET, /v1/orders?cursor=nonsense, 400, bad_cursor",
        "GET, /v1/orders?month=2025-13, 400, bad_month",
        "GET, /v1/invoices?offset=-1, 400, bad_offset",
        "GET, /v1/documents?token=AAAA, 400, bad_cursor",
        "GET, /v1/events?updated_since=2025-02-30, 400, bad_updated_since",
        "GET, /v1/customers/cus_999999999, 404, not_found",
        "GET, /v1/customers/me, 404, not_found",
        "GET, /v1/people, 404, not_found",
        "GET, /people, 404, not_found",
        "GET, /schema/people, 404, not_found",
        "POST, /v1/orders, 405, method_not_allowed",
        "GET, /graphql, 405, method_not_allowed",
        "DELETE, /v1/customers/cus_000000001, 405, method_not_allowed",
        "GET, /_reset, 405, method_not_allowed",
        "POST, /health, 405, method_not_allowed",
        "PATCH, /v1/customers/cus_000000001, 400, bad_body"
    })
    void wrongQuestionsAreToldWhatIsWrong(String method, String path, int status, String code) {
        HttpResponse<String> response = send(method, path, Map.of("X-Api-Key", "demo-key"));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Client.json(response).at("/error/code").asText()).isEqualTo(code);
        assertThat(Client.json(response).at("/error/message").asText()).isNotEmpty();
        assertThat(response.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
    }

    @Test
    void aCursorIsNoGoodForAnotherFilter() {
        Client client = new Client(API, 1);
        String cursor = client.json("/v1/orders?limit=5").path("next_cursor").asText();
        assertThat(client.json("/v1/orders?limit=5&cursor=" + cursor)
                        .at("/items/0/id")
                        .asText())
                .isEqualTo("ord_000000006");
        assertThat(client.json("/v1/orders?limit=5&month=2025-01&cursor=" + cursor)
                        .at("/error/code")
                        .asText())
                .isEqualTo("bad_cursor");
    }
}
