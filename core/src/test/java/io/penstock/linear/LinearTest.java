package io.penstock.linear;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The check finds what is wrong. Takes well under a second. */
class LinearTest {

    /** Reads, lets others in, and writes. */
    private static final class Broken {

        private volatile int count;

        int next() {
            int before = count;
            Thread.yield();
            count = before + 1;
            return before;
        }
    }

    @Test
    void findsALostUpdate() {
        Linear<Broken> check = new Linear<>(Broken::new, List.of(Broken::next));
        assertThatThrownBy(() -> check.check(1, 100_000, 1)).isInstanceOf(AssertionError.class);
    }
}
