package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceRulesTest {

    private static final String HEAD = "package planted; public class Held { ";

    @Test
    void noFileIsTooLong() {
        assertThat(SourceRules.longFiles(JavaSource.parse(Product.root(), Product.below("/src/"))))
                .isEmpty();
    }

    @Test
    void theFileBudgetCatchesOneLineTooMany() {
        assertThat(SourceRules.longFiles(List.of(planted("package planted;\n" + "\n".repeat(399)))))
                .isEmpty();
        assertThat(SourceRules.longFiles(List.of(planted("package planted;\n" + "\n".repeat(400)))))
                .containsExactly("planted/Held.java has 401 lines");
    }

    @Test
    void noMethodIsTooLong() {
        assertThat(SourceRules.longMethods(Product.sources())).isEmpty();
    }

    @Test
    void theMethodBudgetCatchesOneLineTooMany() {
        assertThat(SourceRules.longMethods(List.of(planted(HEAD + "void m() {\n" + "int a;\n".repeat(40) + "} }"))))
                .isEmpty();
        assertThat(SourceRules.longMethods(List.of(planted(HEAD + "void m() {\n" + "int a;\n".repeat(41) + "} }"))))
                .containsExactly("planted/Held.java:1 m has 41 lines");
    }

    @Test
    void noMethodTakesTooMuch() {
        assertThat(SourceRules.wideMethods(Product.sources())).isEmpty();
    }

    @Test
    void theParameterBudgetCatchesASeventh() {
        assertThat(SourceRules.wideMethods(List.of(planted(HEAD + "void m(" + parameters(6) + ") { } }"))))
                .isEmpty();
        assertThat(SourceRules.wideMethods(List.of(planted(HEAD + "void m(" + parameters(7) + ") { } }"))))
                .containsExactly("planted/Held.java:1 m has 7 parameters");
        assertThat(SourceRules.wideMethods(List.of(planted(HEAD + "Held(" + parameters(7) + ") { } }"))))
                .hasSize(1);
    }

    @Test
    void theParameterBudgetSparesTheCanonicalConstructorOfARecordAlone() {
        String record = "package planted; public record Held(" + parameters(7) + ") { public Held(";
        assertThat(SourceRules.wideMethods(List.of(planted(record + parameters(7) + ") { } }"))))
                .isEmpty();
        assertThat(SourceRules.wideMethods(List.of(planted(record + parameters(8) + ") { } }"))))
                .hasSize(1);
    }

    @Test
    void noPackageIsTooFull() {
        assertThat(SourceRules.fullPackages(Product.sources())).isEmpty();
    }

    @Test
    void thePackageBudgetCatchesTheTwentyFirstFile() {
        Stream<JavaSource> twenty = IntStream.range(0, 20).mapToObj(i -> planted("p/A" + i + ".java", "package p;"));
        List<JavaSource> full = Stream.concat(twenty, Stream.of(planted("p/package-info.java", "package p;")))
                .toList();
        assertThat(SourceRules.fullPackages(full)).isEmpty();
        assertThat(SourceRules.fullPackages(Stream.concat(full.stream(), Stream.of(planted("p/B.java", "package p;")))
                        .toList()))
                .containsExactly("p has 21 files");
    }

    @Test
    void everyPackageIntroducesItself() {
        assertThat(SourceRules.unintroduced(Product.sources())).isEmpty();
    }

    @Test
    void theRuleOfIntroductionsCatchesAMissingFileAMissingMarkAndSilence() {
        JavaSource type = planted("p/A.java", "package p; class A { }");
        assertThat(SourceRules.unintroduced(List.of(type))).hasSize(1);
        assertThat(SourceRules.unintroduced(List.of(type, planted("p/package-info.java", "/** Says. */ package p;"))))
                .hasSize(1);
        assertThat(SourceRules.unintroduced(List.of(type, planted("p/package-info.java", "@NullMarked package p;"))))
                .hasSize(1);
        assertThat(SourceRules.unintroduced(
                        List.of(type, planted("p/package-info.java", "/** Says. */ @NullMarked package p;"))))
                .isEmpty();
    }

    @Test
    void everyNameSaysSomething() {
        assertThat(SourceRules.emptyNames(Product.sources())).isEmpty();
    }

    @Test
    void theRuleOfNamesCatchesPackagesAndTypes() {
        assertThat(SourceRules.emptyNames(List.of(planted("package planted.internal.deep; class Fine { }"))))
                .containsExactly("planted/Held.java is in a package called internal");
        assertThat(SourceRules.emptyNames(List.of(planted("package planted; class Fine { class PageHelper { } }"))))
                .containsExactly("planted/Held.java declares PageHelper");
        assertThat(SourceRules.emptyNames(List.of(planted("package planted; class Utilities { }"))))
                .isEmpty();
    }

    @Test
    void allThatCoreOffersIsDocumented() {
        List<JavaSource> core = Product.sources().stream()
                .filter(source -> source.name().startsWith("core/"))
                .toList();
        assertThat(core).hasSizeGreaterThan(100);
        assertThat(SourceRules.undocumented(core)).isEmpty();
    }

    @Test
    void theRuleOfJavadocCatchesTypesMethodsConstructorsAndMembersOfInterfaces() {
        assertThat(SourceRules.undocumented(List.of(planted(HEAD + "}"))))
                .containsExactly("planted/Held.java:1 Held has no Javadoc");
        assertThat(SourceRules.undocumented(List.of(planted("/** Says. */ public class Held { public void m() { } }"))))
                .containsExactly("planted/Held.java:1 m has no Javadoc");
        assertThat(SourceRules.undocumented(
                        List.of(planted("/** Says. */ public class Held { public Held(int a) { } }"))))
                .hasSize(1);
        assertThat(SourceRules.undocumented(List.of(planted("/** Says. */ public interface Held { void m(); }"))))
                .containsExactly("planted/Held.java:1 m has no Javadoc");
    }

    @Test
    void theRuleOfJavadocSparesWhatNobodySeesAndOverrides() {
        assertThat(
                        SourceRules.undocumented(
                                List.of(
                                        planted(
                                                "/** Says. */ public class Held { void m() { } @Override public String toString() { return \"\"; } }"))))
                .isEmpty();
        assertThat(SourceRules.undocumented(List.of(planted("class Held { public void m() { } }"))))
                .isEmpty();
    }

    private static JavaSource planted(String text) {
        return planted("planted/Held.java", text);
    }

    private static JavaSource planted(String name, String text) {
        return JavaSource.planted(name, text);
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
    }
}
