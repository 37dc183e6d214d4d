package io.penstock.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final long BASE = Duration.ofMillis(200).toNanos();
    private static final long CAP = Duration.ofSeconds(60).toNanos();

    @ParameterizedTest
    @CsvSource({
        "1, 200",
        "2, 400",
        "3, 800",
        "4, 1600",
        "5, 3200",
        "6, 6400",
        "7, 12800",
        "9, 51200",
        "10, 60000",
        "31, 60000",
        "40, 60000",
        "1000000, 60000"
    })
    void theCeilingDoublesUpToTheCapAndNeverOverflows(int retry, long millis) {
        assertThat(Backoff.ceiling(BASE, CAP, retry))
                .isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void theLargestSettingsDoNotOverflowEither() {
        long year = Duration.ofDays(366).toNanos();
        assertThat(Backoff.ceiling(year, year, 40)).isEqualTo(year);
        assertThat(Backoff.ceiling(1, year, 40)).isEqualTo(1L << 30);
        Backoff backoff = new Backoff(year, year, Jitter.DECORRELATED);
        for (int n = 1; n < 100; n++) {
            assertThat(backoff.next(n, new SplittableRandom(n))).isEqualTo(year);
        }
    }

    @Test
    void fullJitterUsesAllOfTheTimeUpToTheCeiling() {
        SplittableRandom random = new SplittableRandom(1);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long wait = new Backoff(BASE, CAP, Jitter.FULL).next(3, random);
            least = Math.min(least, wait);
            most = Math.max(most, wait);
        }
        assertThat(least).isBetween(0L, BASE / 50);
        assertThat(most).isBetween(4 * BASE - BASE / 50, 4 * BASE);
    }

    @Test
    void decorrelatedJitterStaysBetweenTheBaseAndThreeTimesTheLastWait() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 1_000; run++) {
            Backoff backoff = new Backoff(BASE, CAP, Jitter.DECORRELATED);
            long last = BASE;
            for (int n = 1; n < 20; n++) {
                long wait = backoff.next(n, random);
                assertThat(wait).isBetween(BASE, Math.min(CAP, 3 * last));
                last = wait;
            }
        }
    }
}
