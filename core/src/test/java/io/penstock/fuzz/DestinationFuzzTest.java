package io.penstock.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;

/** Whatever URL a server sends: it leads to an origin that is allowed, or nowhere. */
class DestinationFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void destination(FuzzedDataProvider data) {
        try {
            ApiRequest judged = Traveller.DESTINATIONS.judge(Traveller.REQUEST, data.consumeRemainingAsString());
            assertThat(judged.origin()).isIn(Traveller.TYPED, Traveller.ALLOWED);
        } catch (PenstockException refused) {
            assertThat(refused.getMessage()).doesNotContain("secret");
        }
    }
}
