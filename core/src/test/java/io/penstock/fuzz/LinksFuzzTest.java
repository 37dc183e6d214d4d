package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.error.PenstockException;
import io.penstock.http.outbound.Destinations;
import io.penstock.http.outbound.Outbound;
import io.penstock.http.outbound.Redirects;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Whatever link a server sends: it leads to an origin that is allowed, or nowhere. Budget: 15 s replayed. */
class LinksFuzzTest {

    private static final URI BASE = URI.create("https://api.example.com/v2/orders?page=1");
    private static final Origin TYPED = Origin.of(BASE);
    private static final Origin ALLOWED = Origin.of(URI.create("https://cdn.example.com"));
    private static final Destinations DESTINATIONS =
            Destinations.of(Set.of(TYPED), Outbound.builder().allow(ALLOWED).build());
    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, BASE).header("Authorization", "Bearer secret");

    @FuzzTest(maxDuration = "15s")
    void destination(FuzzedDataProvider data) {
        try {
            ApiRequest judged = DESTINATIONS.judge(REQUEST, data.consumeRemainingAsString());
            assertThat(judged.origin()).isIn(TYPED, ALLOWED);
        } catch (PenstockException refused) {
            assertThat(refused.getMessage()).doesNotContain("secret");
        }
    }

    @FuzzTest(maxDuration = "15s")
    void redirect(FuzzedDataProvider data) {
        int status = data.pickValue(new int[] {301, 302, 303, 307, 308});
        String location = data.consumeRemainingAsString().replaceAll("[^\\x21-\\x7E]", "");
        try {
            Redirects.follow(REQUEST, status, Headers.of(Map.of("Location", location)), 0, DESTINATIONS)
                    .ifPresent(next -> {
                        assertThat(next.origin()).isIn(TYPED, ALLOWED);
                        assertThat(next.origin().secure()).isTrue();
                        if (!next.origin().equals(TYPED)) {
                            assertThat(next.headers().first("Authorization")).isEmpty();
                        }
                    });
        } catch (PenstockException refused) {
            assertThat(refused.getMessage()).doesNotContain("secret");
        }
    }
}
