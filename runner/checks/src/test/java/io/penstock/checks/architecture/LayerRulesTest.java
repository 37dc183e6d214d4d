package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerRulesTest {

    private static final String ROOT = Product.ROOT_PACKAGE;

    @TempDir
    private Path folder;

    @Test
    void everyModuleIsSeen() {
        assertThat(Product.classes().stream().map(type -> type.getPackageName()))
                .contains(
                        "io.penstock.client",
                        "io.penstock.testkit.model",
                        "io.penstock.connectors.reference",
                        "io.penstock.runner.run",
                        "io.penstock.cli")
                .noneMatch(name -> name.startsWith("io.penstock.checks"));
    }

    @Test
    void everyArrowPointsDown() {
        assertThat(LayerRules.wrongArrows(Product.classes(), ROOT)).isEmpty();
    }

    @Test
    void theArrowRuleCatchesAMechanismThatKnowsAnother() {
        assertThat(LayerRules.wrongArrows(
                        planted(
                                "package planted.rate; class Gate { planted.retry.Policy policy; }",
                                "package planted.retry; public class Policy { }"),
                        "planted"))
                .containsExactly("rate uses retry: planted.rate.Gate -> planted.retry.Policy");
    }

    @Test
    void theArrowRuleCatchesAWordThatLooksUp() {
        assertThat(LayerRules.wrongArrows(
                        planted(
                                "package planted.record; class Batch { planted.client.Call[] calls; }",
                                "package planted.client; public class Call { }"),
                        "planted"))
                .containsExactly("record uses client: planted.record.Batch -> planted.client.Call");
    }

    @Test
    void theArrowRuleCatchesARunnerThatNamesASink() {
        assertThat(LayerRules.wrongArrows(
                        planted(
                                "package planted.runner.run; class Run { Object o = new planted.sinks.files.Files(); }",
                                "package planted.sinks.files; public class Files { }"),
                        "planted"))
                .containsExactly("runner uses sinks: planted.runner.run.Run -> planted.sinks.files.Files");
    }

    @Test
    void theArrowRuleCatchesAPartThatIsNotInThePlan() {
        assertThat(LayerRules.wrongArrows(planted("package planted.extras; class Thing { }"), "planted"))
                .containsExactly("planted.extras.Thing is in no part of the house");
    }

    @Test
    void plugInsDoNotKnowEachOther() {
        for (String family : SurfaceRulesTest.FAMILIES) {
            assertThat(LayerRules.acquaintances(Product.classes(), family))
                    .as(family)
                    .isEmpty();
        }
    }

    @Test
    void theRuleOfPlugInsCatchesOneThatKnowsAnother() {
        assertThat(LayerRules.acquaintances(
                        planted(
                                "package planted.sinks.one; class One { planted.sinks.two.Two two; }",
                                "package planted.sinks.two; public class Two { }"),
                        "planted.sinks"))
                .containsExactly("planted.sinks.one.One -> planted.sinks.two.Two");
    }

    @Test
    void theModelApiStandsAlone() {
        assertThat(LayerRules.bridges(Product.classes(), ROOT + ".testkit.model", ROOT))
                .isEmpty();
    }

    @Test
    void theRuleOfTheModelApiCatchesABridge() {
        assertThat(LayerRules.bridges(
                        planted(
                                "package planted.testkit.model.data; class Data { planted.record.Batch batch; }",
                                "package planted.record; public class Batch { }"),
                        "planted.testkit.model",
                        "planted"))
                .containsExactly("planted.testkit.model.data.Data -> planted.record.Batch");
    }

    @Test
    void noPackagesGoRoundInACircle() {
        assertThat(LayerRules.cycles(Product.classes(), ROOT)).isEmpty();
    }

    @Test
    void theRuleOfCirclesCatchesOneThroughThreePackages() {
        assertThat(LayerRules.cycles(
                        planted(
                                "package planted.a; public class A { planted.b.B next; }",
                                "package planted.b; public class B { planted.c.C next; }",
                                "package planted.c; public class C { planted.a.A next; }"),
                        "planted"))
                .isNotEmpty();
    }

    private JavaClasses planted(String... sources) {
        return Planted.classes(folder, sources);
    }
}
