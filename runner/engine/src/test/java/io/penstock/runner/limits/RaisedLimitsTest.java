package io.penstock.runner.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever lets in more than the defaults do is shown it. */
class RaisedLimitsTest {

    @Test
    void onlyWhatIsAboveItsDefaultIsRaised() {
        assertThat(Limits.DEFAULT.raised()).isEmpty();
        assertThat(Limits.read(Map.of("wire_bytes", "256MiB", "depth", 99)).raised())
                .isEmpty();
        assertThat(Limits.read(Map.of("wire_bytes", "4GiB", "depth", 101)).raised())
                .containsExactly("wire_bytes 4294967296 instead of 268435456", "depth 101 instead of 100");
    }
}
