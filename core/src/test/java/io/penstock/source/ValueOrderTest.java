package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueOrderTest {

    @ParameterizedTest
    @CsvSource({
        "2025-01-01T00:00:00Z, 2025-01-01T00:00:01Z",
        "2025-01-01T00:00:00Z, 2025-01-01T00:00:00.001Z",
        "2025-01-01T00:00:00.5Z, 2025-01-01T00:00:00.51Z",
        "2025-01-01T01:30:00+01:00, 2025-01-01T01:00:00Z",
        "2025-01-01T09:00:00+02:00, 2025-01-01T08:00:00+00:00",
        "2025-01-01T00:00:00-05:00, 2025-01-01T00:00:00-06:00",
        "2025-01-01, 2025-01-01T00:00:01Z",
        "2025-01-01 10:00:00, 2025-01-01T10:00:01Z",
        "9, 10",
        "-10, -9",
        "-11, 10",
        "1.5, 1.25e1",
        "5e1, 1e2",
        "99999999999999999999, 100000000000000000000",
        "cus_000000009, cus_000000010",
        "a, b"
    })
    void theFirstIsLessThanTheSecond(String less, String more) {
        assertThat(ValueOrder.compare(less, more)).isNegative();
        assertThat(ValueOrder.compare(more, less)).isPositive();
        assertThat(bytes(less, more)).isNegative();
        assertThat(bytes(more, less)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-01T00:00:00Z, 2025-01-01T00:00:00.000Z",
        "2025-01-01T01:00:00+01:00, 2025-01-01T00:00:00Z",
        "1.0, 1",
        "same, same"
    })
    void bothAreTheSame(String one, String other) {
        assertThat(ValueOrder.compare(one, other)).isZero();
        assertThat(bytes(one, other)).isZero();
    }

    private static int bytes(String a, String b) {
        byte[] left = ("xx" + a).getBytes(StandardCharsets.UTF_8);
        byte[] right = ("y" + b).getBytes(StandardCharsets.UTF_8);
        return ValueOrder.compare(left, 2, left.length, right, 1, right.length);
    }
}
