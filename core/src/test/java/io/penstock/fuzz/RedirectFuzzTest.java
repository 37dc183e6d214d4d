package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.error.PenstockException;
import io.penstock.http.outbound.Redirects;
import io.penstock.message.Headers;
import java.util.Map;

/** Wherever a redirect leads: an origin that is allowed, the secret left behind where it does not belong, or nowhere. */
class RedirectFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void redirect(FuzzedDataProvider data) {
        int status = data.pickValue(new int[] {301, 302, 303, 307, 308});
        String location = data.consumeRemainingAsString().replaceAll("[^\\x21-\\x7E]", "");
        try {
            Redirects.follow(
                            Traveller.REQUEST,
                            status,
                            Headers.of(Map.of("Location", location)),
                            0,
                            Traveller.DESTINATIONS)
                    .ifPresent(next -> {
                        assertThat(next.origin()).isIn(Traveller.TYPED, Traveller.ALLOWED);
                        assertThat(next.origin().secure()).isTrue();
                        if (!next.origin().equals(Traveller.TYPED)) {
                            assertThat(next.headers().first("Authorization")).isEmpty();
                        }
                    });
        } catch (PenstockException refused) {
            assertThat(refused.getMessage()).doesNotContain("secret");
        }
    }
}
