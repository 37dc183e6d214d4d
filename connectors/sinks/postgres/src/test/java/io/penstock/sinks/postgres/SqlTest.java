package io.penstock.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SqlTest {

    private static String fitting(String name, String... taken) {
        return Sql.fitting(name, Set.of(taken)::contains);
    }

    @Test
    void aNameOfSixtyThreeBytesStays() {
        assertThat(fitting("n".repeat(63))).isEqualTo("n".repeat(63));
        assertThat(fitting("ü".repeat(31))).isEqualTo("ü".repeat(31));
    }

    @Test
    void aLongerNameEndsInAHashOfTheWhole() {
        String one = fitting("n".repeat(64));
        String other = fitting("n".repeat(63) + "m");
        assertThat(one).startsWith("n".repeat(54) + "_").hasSize(63).isNotEqualTo(other);
        assertThat(fitting("n".repeat(64))).as("always the same").isEqualTo(one);
    }

    @Test
    void aCharacterIsNeverCutInTwo() {
        String name = fitting("x" + "🎈".repeat(30));
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(name).matches("x🎈+_[0-9a-f]{8}");
    }

    @Test
    void aTakenNameIsNumberedWithinTheLimit() {
        String full = "n".repeat(63);
        assertThat(fitting("name", "name")).isEqualTo("name_2");
        assertThat(fitting("name", "name", "name_2")).isEqualTo("name_3");
        assertThat(fitting(full, full)).isEqualTo("n".repeat(61) + "_2");
    }

    @Test
    void namesThatAreNoneGetOne() {
        assertThat(fitting("")).isEqualTo("_");
        assertThat(fitting("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(Sql.name("a\"; DROP")).isEqualTo("\"a\"\"; DROP\"");
    }
}
