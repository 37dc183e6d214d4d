package io.penstock.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurfaceRulesTest {

    private static final String EMBEDDED = "who builds on the client opens it in Java and hands it to the client";
    private static final String SHARED_PARTS =
            "sinks that write part files under a manifest share one directory: files, and parquet on top of it";
    private static final String SHARED_COLUMNS =
            "sinks that store what DuckDB writes share its typed columns: duckdb, and parquet on top of it";

    /** Classes beside the provider; what the shared packages below show is between the sinks that share them. */
    static final AllowList SHOWN = new AllowList()
            .allow("io.penstock.caches.redis.RedisCacheStore is public", EMBEDDED)
            .allow("io.penstock.caches.redis.RedisVault is public", EMBEDDED)
            .allow(
                    "io.penstock.caches.redis.RedisVaultProvider is public",
                    "one server and one client library serve both the cache and the credentials")
            .allow("io.penstock.stores.postgres.PostgresVault is public", EMBEDDED)
            .allow(
                    "io.penstock.sinks.files.JsonlProvider is public",
                    "one module writes both kinds of lines, which share all but how a record becomes a line");

    /** The only packages that modules of plug-ins share with others. */
    static final AllowList SHARED = new AllowList()
            .allow("sinks/files holds io.penstock.parts", SHARED_PARTS)
            .allow("sinks/files holds io.penstock.parts.directory", SHARED_PARTS)
            .allow("sinks/duckdb holds io.penstock.columns", SHARED_COLUMNS);

    static final AllowList NEEDED = new AllowList()
            .allow("sinks/parquet needs penstock-sink-files", SHARED_PARTS)
            .allow("sinks/parquet needs penstock-sink-duckdb", SHARED_COLUMNS);

    /** Packages whose next part is the name of a plug-in. */
    static final Set<String> FAMILIES = Set.of(
            "io.penstock.connectors",
            "io.penstock.sinks",
            "io.penstock.secrets",
            "io.penstock.caches",
            "io.penstock.stores");

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
    void aPlugInKeepsToItsOwnPackage() {
        List<String> files =
                Product.below("/src/main/java/").stream().map(Product::name).toList();
        assertThat(SHARED.judge(SurfaceRules.foreignPackages(files, FAMILIES))).isEmpty();
    }

    @Test
    void theRuleOfOwnPackagesCatchesAForeignOneAndAFamilyNobodyKnows() {
        assertThat(SurfaceRules.foreignPackages(
                        List.of(
                                "connectors/sinks/one/src/main/java/io/penstock/sinks/one/deep/Fine.java",
                                "connectors/sinks/one/src/main/java/io/penstock/sinks/oneself/Not.java",
                                "connectors/one/src/main/java/io/penstock/connectors/one/Fine.java",
                                "connectors/one/src/main/java/io/penstock/shared/Not.java",
                                "connectors/testkit/src/main/java/io/penstock/testkit/Fine.java",
                                "connectors/queues/one/src/main/java/io/penstock/queues/one/Not.java"),
                        FAMILIES))
                .containsExactly(
                        "one holds io.penstock.shared",
                        "queues/one is of no family",
                        "sinks/one holds io.penstock.sinks.oneself");
    }

    @Test
    void noModuleOfAPlugInNeedsAnother() {
        assertThat(NEEDED.judge(SurfaceRules.moduleAcquaintances(poms()))).isEmpty();
    }

    @Test
    void theRuleOfModulesCatchesOneThatNeedsAnotherOutsideItsTests() {
        String head = "<parent><artifactId>up</artifactId></parent><artifactId>";
        String tested = "<dependency><artifactId>two</artifactId><scope>test</scope></dependency>";
        String core = "<dependency><artifactId>core</artifactId></dependency>";
        assertThat(SurfaceRules.moduleAcquaintances(Map.of(
                        "sinks/one", head + "one</artifactId>" + core + tested,
                        "sinks/two",
                                head + "two</artifactId><dependency><artifactId>one</artifactId></dependency>" + core)))
                .containsExactly("sinks/two needs one");
    }

    private static Map<String, String> poms() {
        Map<String, String> poms = new TreeMap<>();
        Product.files().stream()
                .filter(file -> Product.name(file).matches("connectors/.+/pom\\.xml"))
                .filter(file -> !Product.name(file).startsWith("connectors/testkit/"))
                .forEach(file ->
                        poms.put(Product.name(file.getParent()).substring("connectors/".length()), Product.text(file)));
        return poms;
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
