package io.penstock.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {

    private static void refused(String yaml, String where, String why) {
        assertThatThrownBy(() -> StrictYaml.read(yaml)).isInstanceOfSatisfying(YamlProblem.class, problem -> {
            assertThat(problem.mark()).hasToString(where);
            assertThat(problem).hasMessageContaining(why);
        });
    }

    @Test
    void readsPlainValues() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("text", "x");
        expected.put("whole", 12L);
        expected.put("parts", new BigDecimal("1.10"));
        expected.put("yes", true);
        expected.put("none", null);
        expected.put("date", "2026-01-01");
        expected.put("account", "007");
        expected.put("quoted", "12");
        expected.put("list", Arrays.asList(1L, null));
        String yaml = "{text: x, whole: 12, parts: 1.10, yes: true, none: null, date: 2026-01-01, account: 007,"
                + " quoted: '12', list: [1, ~]}";
        assertThat(StrictYaml.read(yaml).plain()).isEqualTo(expected);
    }

    @Test
    void followsAliases() {
        assertThat(StrictYaml.read("{a: &x [1], b: *x}").plain()).hasToString("{a=[1], b=[1]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a: 1\\nb: 2\\na: 3           | 3:1 | given twice
                    a: !!java.net.URL [x]        | 1:4 | tags such as
                    a: !own x                    | 1:4 | tags such as
                    !k a: x                      | 1:1 | tags such as
                    a: &m {x: 1}\\nb:\\n  <<: *m | 3:3 | merge keys
                    a: 1\\n---\\nb: 2            | 2:1 | one document
                    a: &x [*x]                   | 1:8 | itself a part of
                    a: *nothing                  | 1:4 | refers to nothing
                    ? [1]\\n: x                  | 1:3 | a key is plain text
                    a: [1                        | 2:1 | not YAML
                    a: 'x                        | 2:1 | not YAML
                    """)
    void refusesWhatIsNotPlain(String yaml, String where, String why) {
        refused(yaml.replace("\\n", "\n") + "\n", where, why);
    }

    @Test
    void refusesAnEmptyFile() {
        refused("# nothing\n", "2:1", "empty");
    }

    @Test
    void takesFiftyLevelsAndNotOneMore() {
        assertThat(StrictYaml.read("[".repeat(49) + "1" + "]".repeat(49)).size())
                .isEqualTo(50);
        refused("[".repeat(50) + "1" + "]".repeat(50), "1:51", "deeper than 50");
    }

    @Test
    void takesFiftyAliasesAndNotOneMore() {
        String aliases = "*x, ".repeat(49) + "*x";
        assertThat(StrictYaml.read("{a: &x 1, b: [" + aliases + "]}").size()).isEqualTo(53);
        refused("{a: &x 1, b: [*x, " + aliases + "]}", "1:215", "more than 50 aliases");
    }

    @Test
    void refusesABombOfAliasesBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 10; i++) {
            String below = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s, %s, %s, %s, %s]%n".formatted(i, i, below, below, below, below, below));
        }
        assertThatThrownBy(() -> StrictYaml.read(bomb.toString()))
                .isInstanceOf(YamlProblem.class)
                .hasMessageContaining("grows to more than 100000 values");
    }

    @Test
    void refusesATextAboveOneMebibyte() {
        assertThat(StrictYaml.read("a: " + "x".repeat((1 << 20) - 3)).size()).isEqualTo(2);
        refused("a: " + "x".repeat((1 << 20) - 2), "1:1", "at most 1048576 bytes");
    }
}
