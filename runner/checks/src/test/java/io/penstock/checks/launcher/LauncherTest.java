package io.penstock.checks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.checks.launcher.Launch.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {

    private static final String JAR = "runner/cli/target/penstock.jar";

    @TempDir
    private Path folder;

    private House house;

    @BeforeEach
    void build() {
        house = House.in(folder.resolve("a house"));
    }

    @Test
    void buildsOnFirstUseAndThenNoMore() {
        assertThat(house.launch("--version").run())
                .satisfies(outcome -> assertThat(outcome.code()).isZero())
                .satisfies(outcome -> assertThat(outcome.err()).isEmpty());
        house.launch("--version").run();

        assertThat(house.lines("builds.txt")).singleElement().asString().contains("-pl runner/cli -am", "-DskipTests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "core/pom.xml",
                "runner/cli/pom.xml",
                "core/src/main/Thing.java",
                "connectors/one/src/main/resources/One.txt"
            })
    void buildsAgainWhenSomethingThatShipsIsNewer(String source) {
        house.launch().run();
        house.save(source);

        house.launch().run();

        assertThat(house.builds()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/src/test/ThingTest.java",
                "connectors/one/README.md",
                "runner/checks/pom.xml",
                "connectors/one/target/src/main/Generated.java"
            })
    void doesNotBuildForWhatDoesNotShip(String file) {
        house.launch().run();
        house.save(file);

        house.launch().run();

        assertThat(house.builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceWasSavedDuringTheBuild() {
        house.write("edit", "");
        house.launch().run();

        house.launch().run();

        assertThat(house.builds()).isEqualTo(2);
    }

    @Test
    void startsTheGivenJarAndNeverBuilds() {
        house.write("elsewhere/given.jar", "jar");

        Outcome outcome = house.launch("--version")
                .with("PENSTOCK_JAR", house.path("elsewhere/given.jar").toString())
                .run();

        assertThat(outcome.words())
                .endsWith("-jar", house.path("elsewhere/given.jar").toString(), "--version");
        assertThat(house.builds()).isZero();
    }

    @Test
    void saysThatTheGivenJarIsMissing() {
        Outcome outcome = house.launch().with("PENSTOCK_JAR", "/nowhere.jar").run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).isEqualTo("penstock: PENSTOCK_JAR is /nowhere.jar, but there is no such file\n");
    }

    @Test
    void buildsOnceForManyLaunchesAtOnce() {
        house.write("hold", "");
        List<Process> launches =
                Stream.generate(() -> house.launch().start()).limit(4).toList();
        await().atMost(Duration.ofSeconds(30)).until(() -> house.builds() > 0);
        house.remove("hold");

        assertThat(launches)
                .allSatisfy(launch -> assertThat(Launch.end(launch).code()).isZero());
        assertThat(house.builds()).isEqualTo(1);
    }

    @Test
    void takesOverALockWhoseOwnerIsGone() throws IOException {
        Process gone = house.launch().start();
        Launch.end(gone);
        house.remove(JAR);
        Files.createSymbolicLink(house.path("runner/cli/target/.build-lock"), Path.of(Long.toString(gone.pid())));

        assertThat(house.launch().run().code()).isZero();
        assertThat(house.builds()).isEqualTo(2);
        assertThat(Files.isSymbolicLink(house.path("runner/cli/target/.build-lock")))
                .isFalse();
    }

    @Test
    void showsTheEndOfAFailedBuildAndKeepsNoJar() {
        house.launch().run();
        house.save("pom.xml");
        house.write("broken", "");

        Outcome outcome = house.launch("--version").run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("Thing.java:1: not Java")
                .contains("penstock: the build failed; all of its output is in "
                        + house.path("runner/cli/target/build.log"));
        assertThat(house.path(JAR)).doesNotExist();
    }

    @Test
    void worksFromAnyFolderThroughLinksThatPointToLinks() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path work = Files.createDirectories(folder.resolve("work here"));
        Files.createSymbolicLink(bin.resolve("first"), house.path("penstock"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));

        Outcome outcome = house.launch("--version").as("../bin/second", work).run();

        assertThat(outcome.words()).contains(house.path(JAR).toRealPath().toString());
        assertThat(outcome.out()).contains("folder: " + work.toRealPath());
    }

    @Test
    void passesWordsInputAndExitCodeThrough() {
        Outcome outcome = house.launch("run", "a plan.yaml", "", "*", "$HOME")
                .with("EXIT", "75")
                .input("from stdin")
                .run();

        assertThat(outcome.code()).isEqualTo(75);
        assertThat(outcome.words()).endsWith("run", "a plan.yaml", "", "*", "$HOME");
        assertThat(outcome.out()).contains("input: from stdin");
    }

    @Test
    void givesTheJvmWhatThePersonAsksFor() {
        Outcome outcome =
                house.launch("run").with("PENSTOCK_JAVA_OPTS", "-Xmx64m -Dx=y").run();

        assertThat(outcome.words())
                .containsSubsequence("-Xmx64m", "-Dx=y", "-jar")
                .contains("-XX:+ExitOnOutOfMemoryError")
                .doesNotContain("-XX:TieredStopAtLevel=1");
        assertThat(house.launch("--help").run().words()).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void asksForNativeAccessOnlyWhereTheJvmKnowsIt() {
        String option = "--enable-native-access=ALL-UNNAMED";
        house.javaVersion("21.0.4");
        assertThat(house.launch().run().words()).doesNotContain(option);

        house.javaVersion("22");
        assertThat(house.launch().run().words()).contains(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.2", "16.0.1"})
    void refusesAnOldJavaBeforeItBuilds(String version) {
        house.javaVersion(version);

        Outcome outcome = house.launch().run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err())
                .startsWith("penstock: java 17 or newer is needed, but " + house.path("jdk/bin/java") + " is ")
                .contains("JAVA_HOME");
        assertThat(house.builds()).isZero();
    }

    @Test
    void saysThatAJvmWithoutCompilerCannotBuildButStartsWhatIsBuilt() {
        house.remove("jdk/bin/javac");

        Outcome outcome = house.launch().run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err())
                .isEqualTo("penstock: a JDK is needed to build, but " + house.path("jdk/bin/java")
                        + " comes without javac: install a JDK, 17 or newer, or set JAVA_HOME to one\n");
        house.write(JAR, "jar");
        assertThat(house.launch().run().code()).isZero();
        assertThat(house.builds()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8 or older", "11.0.2, 11", "nonsense, of no known version"})
    void callsAnOldJavaByTheNameItsOwnerKnows(String version, String shown) {
        house.javaVersion(version);

        assertThat(house.launch().run().err())
                .isEqualTo("penstock: java 17 or newer is needed, but " + house.path("jdk/bin/java") + " is " + shown
                        + ": set JAVA_HOME to a newer one\n");
    }

    @Test
    void saysThatJavaCannotReadAPathWithAColon() {
        House odd = House.in(folder.resolve("c:d"));

        Outcome outcome = odd.launch().run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).startsWith("penstock: the path ").contains("colon", "move Penstock");
        assertThat(odd.builds()).isZero();
    }

    @Test
    void worksInTheShellsPeopleHave() {
        assertThat(Stream.of("dash", "bash", "busybox")
                        .map(name -> Path.of("/bin", name))
                        .filter(Files::isExecutable))
                .isNotEmpty()
                .allSatisfy(shell -> assertThat(
                                house.launch("--version").in(shell).run().words())
                        .endsWith("--version"));
    }

    @Test
    void saysThatThereIsNoJavaAtAll() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("dirname", "readlink")) {
            Files.createSymbolicLink(tools.resolve(tool), tool(tool));
        }

        Outcome outcome = house.launch()
                .with("JAVA_HOME", "")
                .with("PATH", tools.toString())
                .run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err()).isEqualTo("penstock: no java found: install a JDK, 17 or newer, or set JAVA_HOME\n");
    }

    private static Path tool(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(bin -> Path.of(bin, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void buildsWithTheJvmItFoundWhenJavaHomeLeadsNowhere() {
        String path = house.path("jdk/bin") + ":" + System.getenv("PATH");

        Outcome outcome =
                house.launch().with("JAVA_HOME", "/nowhere").with("PATH", path).run();

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(house.lines("homes.txt")).singleElement().asString().endsWith("/jdk");
    }

    @Test
    void saysThatAHouseOfSomebodyElseCannotBeBuilt() throws IOException {
        house.write("runner/cli/target", "a file, which is as little of use as a folder without rights");

        Outcome outcome = house.launch().run();

        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err())
                .isEqualTo("penstock: no right to build in " + house.path("runner/cli/target")
                        + ": build as its owner first, or set PENSTOCK_JAR\n");
    }

    @Test
    void makesTheArchiveOnceForEachJarAndEachJvm() {
        assertThat(launchWithArchive()).anyMatch(word -> word.startsWith("-XX:SharedArchiveFile="));
        launchWithArchive();
        assertThat(house.archives()).isEqualTo(1);

        house.javaVersion("17.0.2");
        launchWithArchive();
        assertThat(house.archives()).isEqualTo(2);

        house.remove(JAR);
        assertThat(launchWithArchive()).anyMatch(word -> word.startsWith("-XX:SharedArchiveFile="));
        assertThat(house.archives()).isEqualTo(3);
    }

    @Test
    void namesTheArchiveInOneWordThoughThePathHoldsASpace() {
        String target = house.path("runner/cli/target").toAbsolutePath().toString();

        assertThat(target).contains(" ");
        assertThat(launchWithArchive()).first().isEqualTo("-Xshare:auto");
        assertThat(launchWithArchive())
                .anyMatch(word ->
                        word.startsWith("-XX:SharedArchiveFile=" + target + "/penstock-") && word.endsWith(".jsa"));
    }

    @Test
    void startsWithoutAnArchiveThatCannotBeMadeAndTriesNoMore() {
        house.write("no-archive", "");

        assertThat(launchWithArchive()).noneMatch(word -> word.startsWith("-XX:SharedArchiveFile="));
        assertThat(launchWithArchive()).noneMatch(word -> word.startsWith("-XX:SharedArchiveFile="));
        assertThat(house.archives()).isEqualTo(1);
    }

    private List<String> launchWithArchive() {
        Outcome outcome =
                house.launch("--version").with("PENSTOCK_ARCHIVE", "yes").run();
        assertThat(outcome.code()).isZero();
        return outcome.words();
    }
}
