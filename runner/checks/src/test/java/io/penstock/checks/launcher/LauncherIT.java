package io.penstock.checks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.checks.architecture.Product;
import io.penstock.checks.launcher.Launch.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherIT {

    private static final Path JAR = Product.root().resolve("runner/cli/target/penstock.jar");

    @TempDir
    private Path folder;

    @Test
    void tellsItsVersionFromAnotherFolderThroughALink() throws IOException {
        Outcome outcome = launch("--version");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("penstock ").contains(System.getProperty("java.version"));
    }

    @Test
    void endsWithTheCodeOfAWrongCommandLine() throws IOException {
        Outcome outcome = launch("no-such-verb");

        assertThat(outcome.code()).isEqualTo(64);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("no-such-verb").doesNotContain("\tat ");
    }

    /** The jar this build has packaged; only {@code test} without {@code package} has none. */
    private Outcome launch(String argument) throws IOException {
        assumeTrue(Files.exists(JAR), "no jar yet: run the build up to package");
        Path link = Files.createSymbolicLink(
                folder.resolve("penstock"), Product.root().resolve("penstock"));
        return new Launch(House.in(folder.resolve("unused")), link, folder, argument)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("PENSTOCK_JAR", JAR.toString())
                .run();
    }
}
