package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.hostile.Hostile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RangeIT {

    /** Nobody answers there, and the range must not ask. */
    private static final String ELSEWHERE = "https://shop.example.com";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void aPlan() {
        terminal = new Terminal(folder).reference(ELSEWHERE);
    }

    @Test
    void theCatalogueIsListedForPrograms() {
        Terminal.Result result = terminal.run("demo-api", "--hostile", "list");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .hasSize(Hostile.catalogue().size() + 1)
                .anyMatch(line -> line.matches("gzip-bomb +v1 +H9 +bad answer +sends 64 KiB that become 64 MiB"));
    }

    @Test
    void aPlanIsRunAgainstEachAndScored() {
        Terminal.Result result = terminal.run(
                "range",
                "plan.yaml",
                "--only",
                "internal-error,gzip-bomb,unauthorized,error-storm,more-without-cursor");

        assertThat(result.code()).as(result.err() + result.out()).isZero();
        assertThat(result.out().lines())
                .hasSize(7)
                .anyMatch(line -> line.matches("internal-error v1 +identical data +0 +1 +passed"))
                .anyMatch(line -> line.matches("gzip-bomb v1 +bad answer +76 +1 +passed"))
                .anyMatch(line -> line.matches("unauthorized v1 +denied +77 +1 +passed"))
                .anyMatch(line -> line.matches("error-storm v1 +try later +75 +\\d +passed"))
                .anyMatch(line -> line.matches("more-without-cursor v1 +bad answer +0 +0 +untouched"))
                .last()
                .asString()
                .isEqualTo("shop: 4 of 4 passed, 100 %; 1 do not concern what it reads");
        assertThat(result.err()).contains("[1/5] internal-error: passed");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void whoFailsIsToldSo() {
        terminal.without("TOKEN").with("TOKEN", "wrong-token");
        Terminal.Result result = terminal.run("range", "plan.yaml", "--only", "internal-error");

        assertThat(result.code()).isEqualTo(70);
        assertThat(result.out()).contains("failed", "shop: 0 of 1 passed, 0 %");
        assertThat(result.err()).contains("[1/1] internal-error: failed (exit code 0 expected", "AuthError");
    }

    @Test
    void anUnknownMisbehaviourIsAWrongCommandLine() {
        assertThat(terminal.run("range", "plan.yaml", "--only", "gzip-bom").code())
                .isEqualTo(64);
        Terminal.Result result = terminal.run("demo-api", "--port", "0", "--hostile", "gzip-bom");
        assertThat(result.code()).isEqualTo(64);
        assertThat(result.err()).contains("no misbehaviour is called 'gzip-bom'");
    }
}
