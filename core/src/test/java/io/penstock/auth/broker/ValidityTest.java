package io.penstock.auth.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {

    private static final long FROM = Duration.ofSeconds(1000).toNanos();

    @ParameterizedTest
    @CsvSource({
        // lifetime, part, seconds before the end at which it is renewed
        "3600, 0, 300", // a tenth would be 360
        "3600, 1, 240", // a fifth less at most
        "3600, 0.5, 270",
        "600, 0, 60",
        "100, 0, 30", // a tenth would be 10
        "60, 0, 30",
        "40, 0, 20", // never more than half
        "2, 0, 1"
    })
    void aTokenIsRenewedATenthOfItsLifeBeforeItsEndWithinBounds(long lifetime, double part, long early) {
        Validity validity = Validity.of(FROM, Optional.of(Duration.ofSeconds(lifetime)), part);

        long over = FROM + Duration.ofSeconds(lifetime).toNanos();
        long renew = over - Duration.ofSeconds(early).toNanos();
        assertThat(validity).isEqualTo(new Validity(renew, over));
        assertThat(validity.due(renew - 1)).isFalse();
        assertThat(validity.due(renew)).isTrue();
        assertThat(validity.over(over - 1)).isFalse();
        assertThat(validity.over(over)).isTrue();
    }

    @Test
    void aTokenOfUnknownLifeIsGoodUntilItIsRefused() {
        Validity validity = Validity.of(FROM, Optional.empty(), 0.5);

        assertThat(validity.due(Long.MAX_VALUE - 1)).isFalse();
        assertThat(validity.over(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void aLifeOfAgesDoesNotOverflow() {
        Validity validity = Validity.of(FROM, Optional.of(Duration.ofDays(36_500)), 0);

        assertThat(validity.due(FROM)).isFalse();
        assertThat(validity.renewAt()).isLessThan(validity.overAt()).isPositive();
    }
}
