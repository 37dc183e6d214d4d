package io.penstock.checks.readme;

import io.penstock.auth.Auth;
import io.penstock.client.ApiClient;
import io.penstock.config.Secret;
import io.penstock.page.Paging;
import io.penstock.rate.RateLimit;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** The Java of the README, compiled. */
final class ReadmeExample {

    /** The line before what the README shows. */
    static final String BEGIN = "// README begins";
    /** The line behind it. */
    static final String END = "// README ends";

    /** A type of the reader's own. */
    record Customer(String id, String email) {}

    private ReadmeExample() {}

    static Flux<Customer> customers(String baseUrl) {
        // README begins
        ApiClient api = ApiClient.at(baseUrl)
                .auth(Auth.bearer(Secret.of("demo-token")))
                .limit(RateLimit.of(1000, Duration.ofMinutes(1)))
                .build();
        Flux<Customer> customers = api.get("/v1/customers")
                .query("per_page", "500")
                .pages(Paging.page("page", 1).hasNext("/has_next"))
                .records("/data", Customer.class);
        // README ends
        return customers.doFinally(end -> api.close());
    }
}
