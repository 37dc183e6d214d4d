package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.testkit.model.ModelApi;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Sources that ask without being asked are planted, and caught. */
class DemandContractTest {

    private static final ModelApi API = ModelApi.builder().records(500).build();

    @BeforeAll
    static void start() {
        API.start();
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @ParameterizedTest
    @EnumSource(value = Haste.class, mode = Mode.EXCLUDE, names = "NONE")
    void aSourceThatDoesNotWaitToBeAskedIsCaught(Haste haste) {
        DemandContract contract = new PlantedSource.Contract(API.baseUrl(), haste);
        assertThatThrownBy(() -> haste.test.accept(contract))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(haste.finding);
    }

    @Test
    void aSourceThatWaitsPasses() {
        DemandContract contract = new PlantedSource.Contract(API.baseUrl(), Haste.NONE);
        contract.nothingIsCalledBeforeSubscriptionAndDemand();
        contract.atMostOnePageIsReadBeyondDemand();
        contract.cancellingStopsTheCalls();
    }

    /** When a planted source acts without being asked, and which test finds out. */
    enum Haste {
        NONE(contract -> {}, ""),
        WHEN_BUILT(DemandContract::nothingIsCalledBeforeSubscriptionAndDemand, "requests before subscription"),
        ON_SUBSCRIPTION(DemandContract::nothingIsCalledBeforeSubscriptionAndDemand, "requests before demand"),
        SOON_AFTER_SUBSCRIPTION(DemandContract::nothingIsCalledBeforeSubscriptionAndDemand, "requests before demand"),
        TWO_PAGES_AHEAD(DemandContract::atMostOnePageIsReadBeyondDemand, "requests for 1 pages"),
        AFTER_CANCELLATION(DemandContract::cancellingStopsTheCalls, "requests after cancelling");

        private final Consumer<DemandContract> test;
        private final String finding;

        Haste(Consumer<DemandContract> test, String finding) {
            this.test = test;
            this.finding = finding;
        }
    }
}
