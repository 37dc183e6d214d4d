package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    private static final Set<String> WRITTEN =
            Set.of("java", "xml", "md", "yaml", "yml", "properties", "json", "sh", "cmd", "sql", "csv", "txt");

    @Test
    void nothingIsPutOff() {
        assertThat(everywhere(TextRules::postponed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"// TO" + "DO later", "/* FIX" + "ME */", "XX" + "X here"})
    void theRuleOfPuttingOffCatches(String line) {
        assertThat(TextRules.postponed("a", "fine\n" + line))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("a:2 says");
    }

    @Test
    void noFrameworkIsNamed() {
        assertThat(everywhere(TextRules::frameworks)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import lom" + "bok.Value;",
                "import org.spring" + "framework.Bean;",
                "<groupId>org.project" + "lombok"
            })
    void theRuleOfFrameworksCatches(String line) {
        assertThat(TextRules.frameworks("a", line)).hasSize(1);
    }

    @Test
    void noRegistryIsNamedOutsideTheWrapper() {
        assertThat(everywhere(TextRules::registries)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://repo.maven" + ".apache.org/maven2",
                "https://repo1.maven" + ".org",
                "https://oss.sona" + "type.org",
                "<repo" + "sitory>",
                "<pluginRepo" + "sitory>"
            })
    void theRuleOfRegistriesCatches(String line) {
        assertThat(TextRules.registries("a", line)).hasSize(1);
    }

    @Test
    void noMachineIsNamed() {
        assertThat(everywhere(TextRules::machinePaths)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see ../sha" + "red/design.md",
                "cd /wo" + "rk/penstock",
                "(/ro" + "ot/.m2/settings.xml)",
                "\"/ho" + "me/ann/penstock\"",
                "/Us" + "ers/ann/penstock"
            })
    void theRuleOfMachinesCatches(String line) {
        assertThat(TextRules.machinePaths("a", line)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com/wo" + "rk/1", "</ro" + "ot>", "$HO" + "ME/ro" + "ot/x", "target/wo" + "rk/"
            })
    void theRuleOfMachinesLetsThrough(String line) {
        assertThat(TextRules.machinePaths("a", line)).isEmpty();
    }

    @Test
    void noAssistantIsNamed() {
        assertThat(everywhere(TextRules::assistants)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Written by Cla" + "ude", "ask Chat" + "GPT", "A" + "I-gene" + "rated", "a language mo" + "del"})
    void theRuleOfAssistantsCatches(String line) {
        assertThat(TextRules.assistants("a", line)).hasSize(1);
    }

    @Test
    void theTopHoldsWhatBelongsThere() throws IOException {
        try (Stream<Path> entries = Files.list(Product.root())) {
            assertThat(TextRules.strangers(entries.map(entry -> String.valueOf(entry.getFileName()))))
                    .isEmpty();
        }
    }

    @Test
    void theRuleOfTheTopCatchesAStranger() {
        assertThat(TextRules.strangers(Stream.of("core", "docs", ".git", "target", "notes.txt")))
                .containsExactly("docs", "notes.txt");
    }

    private static List<String> everywhere(BiFunction<String, String, List<String>> rule) {
        List<Path> written =
                Product.files().stream().filter(TextRulesTest::isWritten).toList();
        assertThat(written).hasSizeGreaterThan(200);
        return written.stream()
                .flatMap(file -> rule.apply(Product.name(file), Product.text(file)).stream())
                .toList();
    }

    private static boolean isWritten(Path file) {
        String name = String.valueOf(file.getFileName());
        return WRITTEN.contains(name.substring(name.lastIndexOf('.') + 1))
                || name.equals("penstock")
                || name.equals("mvnw")
                || name.equals("run"); // .ci/run
    }
}
