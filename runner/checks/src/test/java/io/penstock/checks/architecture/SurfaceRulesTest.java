package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurfaceRulesTest {

    static final AllowList SHOWN = new AllowList()
            .allow(
                    "io.penstock.sinks.files.JsonlProvider is public",
                    "one module writes both kinds of lines, which share all but how a record becomes a line");

    private static final Set<String> FAMILIES =
            Set.of("io.penstock.connectors", "io.penstock.sinks", "io.penstock.secrets");
    private static final Set<String> CONTRACTS =
            Set.of("io.penstock.record", "io.penstock.source", "io.penstock.sink", "io.penstock.state");

    @TempDir
    private Path folder;

    @Test
    void aPlugInShowsItsProviderAlone() {
        assertThat(SHOWN.judge(SurfaceRules.beyondTheProvider(Product.classes(), FAMILIES)))
                .isEmpty();
    }

    @Test
    void theRuleOfProvidersCatchesASecondPublicClassAndAMissingOne() {
        assertThat(SurfaceRules.beyondTheProvider(
                        planted(
                                "package planted.sinks.one; public class OneProvider { public static class Inner { } }",
                                "package planted.sinks.one.deep; public class Spool { }",
                                "package planted.sinks.two; class TwoProvider { }"),
                        Set.of("planted.sinks")))
                .containsExactly("planted.sinks.one.deep.Spool is public", "planted.sinks.two has no public provider");
    }

    @Test
    void contractsNameNoJsonLibrary() {
        assertThat(SurfaceRules.jsonInSignatures(Product.classes(), CONTRACTS)).isEmpty();
    }

    @Test
    void theRuleOfContractsCatchesResultsParametersAndTypeArguments() {
        String json = "com.fasterxml.jackson.core.JsonParser";
        assertThat(SurfaceRules.jsonInSignatures(
                        planted("package planted.record; public class Held { public " + json
                                + " result() { return null; } public void taken(java.util.List<" + json
                                + "> list) { } protected " + json + " field; void hidden(" + json + " fine) { } }"),
                        Set.of("planted.record")))
                .containsExactly(
                        "planted.record.Held.field",
                        "planted.record.Held.result()",
                        "planted.record.Held.taken(java.util.List)");
    }

    @Test
    void noFrameworkIsUsed() {
        assertThat(SurfaceRules.frameworks(Product.classes())).isEmpty();
    }

    @Test
    void theRuleOfFrameworksCatchesOne() {
        assertThat(SurfaceRules.frameworks(planted(
                        "package org.springframework; public class Bean { }",
                        "package planted; class Held { org.springframework.Bean bean; }")))
                .containsExactly("planted.Held uses org.springframework.Bean");
    }

    private JavaClasses planted(String... sources) {
        return Planted.classes(folder, sources);
    }
}
