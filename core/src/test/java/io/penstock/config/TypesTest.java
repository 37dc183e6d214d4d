package io.penstock.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

    private enum Mode {
        APPEND,
        FULL_REFRESH
    }

    private final Problems problems = new Problems();
    private final Type.Place at = new Type.Place("x", problems, SecretSource.of(Map.of("S", "value")));

    private <T> @Nullable T read(Type<T> type, Object raw) {
        return type.read(raw, at);
    }

    private String problem() {
        assertThat(problems.all()).hasSize(1);
        return problems.all().get(0).toString();
    }

    @Test
    void textTakesScalarsAsTheyAreWritten() {
        assertThat(read(Types.text(), "a")).isEqualTo("a");
        assertThat(read(Types.text(), 5)).isEqualTo("5");
        assertThat(read(Types.text(), true)).isEqualTo("true");
        assertThat(read(Types.text(), Map.of())).isNull();
        assertThat(problem()).isEqualTo("x: expected text, found a mapping");
    }

    @Test
    void booleansAreTwoWords() {
        assertThat(read(Types.bool(), true)).isTrue();
        assertThat(read(Types.bool(), "false")).isFalse();
        assertThat(read(Types.bool(), "yes")).isNull();
        assertThat(problem()).isEqualTo("x: expected true or false, found 'yes'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "1.5", "ten", "", "99999999999999999999"})
    void integersKeepTheirBounds(String text) {
        assertThat(read(Types.integer(1, 10), "1")).isEqualTo(1);
        assertThat(read(Types.integer(1, 10), 10)).isEqualTo(10);
        assertThat(read(Types.integer(1, 10), text)).isNull();
        assertThat(problem())
                .contains("expected a whole number from 1 to 10, found")
                .contains(text);
    }

    @ParameterizedTest
    @CsvSource({"50ms, PT0.05S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "' 5 s ', PT5S", "0s, PT0S"})
    void durationsHaveAUnit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5s", "5 weeks", "PT5S", "9999999999s", "5S"})
    void durationsWithoutOneAreRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50ms, 30s, 5m, 2h or 1d")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void urlsAreAbsoluteAndHoldNoPassword() {
        assertThat(read(Types.url(), "HTTPS://h/p")).isEqualTo(URI.create("HTTPS://h/p"));
        for (String bad : List.of("h/p", "ftp://h", "https://", "https://u:hunter2@h", "https://h/a b")) {
            assertThat(read(Types.url(), bad)).as(bad).isNull();
        }
        assertThat(problems.all()).hasSize(5);
        assertThat(problems.all().get(3).message()).doesNotContain("hunter2");
    }

    @Test
    void constantsAreWrittenInLowerCase() {
        assertThat(read(Types.oneOf(Mode.class), "full_refresh")).isEqualTo(Mode.FULL_REFRESH);
        assertThat(read(Types.oneOf(Mode.class), "APPEND")).isNull();
        assertThat(problem()).isEqualTo("x: expected one of append, full_refresh, found 'APPEND'");
    }

    @Test
    void oneValueIsAListOfOne() {
        assertThat(read(Types.listOf(Types.integer(0, 9)), 5)).containsExactly(5L);
        assertThat(read(Types.listOf(Types.integer(0, 9)), List.of(1, 2))).containsExactly(1L, 2L);
        assertThat(read(Types.listOf(Types.integer(0, 9)), List.of(1, 99, "a"))).isNull();
        assertThat(problems.all()).extracting(Problems.Problem::path).containsExactly("x.1", "x.2");
    }

    @Test
    void aListMayHoldNothingAndANothingInItIsAProblem() {
        assertThat(read(Types.listOf(Types.text()), List.of())).isEmpty();
        assertThat(read(Types.listOf(Types.text()), new ArrayList<>(Arrays.asList("a", null))))
                .isNull();
        assertThat(problem()).isEqualTo("x.1: expected text, found nothing");
    }

    @Test
    void mapsKeepTheirOrder() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("z", 1);
        raw.put("a", 2);
        assertThat(requireNonNull(read(Types.mapOf(Types.integer(0, 9)), raw)).keySet())
                .containsExactly("z", "a");
        assertThat(read(Types.mapOf(Types.integer(0, 9)), "z")).isNull();
        assertThat(problem()).contains("expected mapping of names to whole number from 0 to 9, found 'z'");
    }

    @Test
    void objectsJudgeTheirMembersAndThemselves() {
        Setting<Long> low = Setting.required("low", "Low.", Types.integer(0, 9));
        Type<Long> type = Types.object(List.of(low), config -> {
            if (config.value(low) == 7) {
                throw new IllegalArgumentException("not seven");
            }
            return config.value(low);
        });
        assertThat(read(type, Map.of("low", 3))).isEqualTo(3);
        assertThat(read(type, Map.of("low", 7))).isNull();
        assertThat(problem()).isEqualTo("x: not seven");
        assertThat(read(type, Map.of("low", 3, "lo", 1))).isNull();
        assertThat(read(type, "3")).isNull();
        assertThat(problems.all()).extracting(Problems.Problem::path).containsExactly("x", "x.lo", "x");
    }

    @Test
    void anyValueHasItsReferencesReplaced() {
        assertThat(read(Types.any(), Map.of("a", List.of("${env:S}", 1, true))))
                .isEqualTo(Map.of("a", List.of("value", 1, true)));
        assertThat(read(Types.any(), "${env:NONE}")).isNotEqualTo("${env:NONE}");
        assertThat(problem()).contains("NONE");
    }

    @Test
    void anyMayHoldNothingInside() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("parent", null);
        raw.put("list", Arrays.asList(1, null));
        assertThat(read(Types.any(), raw)).isEqualTo(raw);
        assertThat(problems.none()).isTrue();
    }

    @Test
    void secretsAreReferences() {
        Secret secret = requireNonNull(read(Types.secret(), "${env:S}"));
        assertThat(secret.<String>reveal(text -> text)).isEqualTo("value");
        assertThat(secret.reference()).isEqualTo("env:S");
        assertThat(read(Types.secret(), "${env:NONE}")).isNull();
        assertThat(problem()).isEqualTo("x: the environment variable NONE is not set: export NONE=...");
    }

    @ParameterizedTest
    @CsvSource({
        "tokn, ': did you mean token?'",
        "zzz, ': known are token, base_url'",
        "base-url, ': did you mean base_url?'"
    })
    void guessesWhatWasMeant(String name, String hint) {
        assertThat(Nearest.hint(name, List.of("token", "base_url"))).isEqualTo(hint);
        assertThat(Nearest.hint(name, List.of())).isEmpty();
    }
}
