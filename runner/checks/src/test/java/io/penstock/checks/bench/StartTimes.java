package io.penstock.checks.bench;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long processes take to start, against a bare JVM. */
final class StartTimes {

    private static final int ROUNDS = 7;

    private StartTimes() {}

    /** What a bare JVM runs. */
    public static void main(String[] args) {
        System.out.println("hello");
    }

    static void print() throws IOException, InterruptedException {
        Path launcher = root().resolve("penstock");
        Path folder = Files.createTempDirectory("penstock-start");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> bare = List.of(
                java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", testClasses(), StartTimes.class.getName());
        double floor = seconds(bare);
        row("`--version` against a bare JVM's start", seconds(List.of(launcher.toString(), "--version")), floor);
        row("`--help`", seconds(List.of(launcher.toString(), "--help")), floor);
        row("the first row of `demo` on disk", firstRow(demo(launcher, folder), folder), floor);
        row("`demo` of 100 rows a stream to JSONL, whole process", seconds(demo(launcher, folder)), floor);
    }

    private static List<String> demo(Path launcher, Path folder) {
        return List.of(
                launcher.toString(),
                "demo",
                "--records",
                "100",
                "--sink",
                "jsonl",
                "--fresh",
                "--out",
                folder + "/demo");
    }

    /** Until a file of the sink holds something; the rest of the process is not waited for. */
    private static double firstRow(List<String> command, Path folder) throws IOException, InterruptedException {
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            Path out = Files.createDirectories(folder.resolve("demo"));
            try (DirectoryStream<Path> before = Files.newDirectoryStream(out, "*.jsonl")) {
                for (Path old : before) {
                    Files.delete(old);
                }
            }
            long start = System.nanoTime();
            Process process = quiet(command);
            while (!hasRow(out) && !process.waitFor(2, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
            times[i] = (System.nanoTime() - start) / 1e9;
            process.waitFor();
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static boolean hasRow(Path out) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(out, "*.jsonl")) {
            for (Path file : files) {
                if (Files.size(file) > 0) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException | NoSuchFileException swept) {
            return false;
        }
    }

    private static Process quiet(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String testClasses() {
        return Path.of(StartTimes.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        return at;
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            quiet(command).waitFor();
            times[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static void row(String what, double ours, double bare) {
        System.out.printf(
                Locale.ROOT,
                "| h | %s | %.0f ms | %.0f ms | **%.1f** | as small as can be |%n",
                what,
                ours * 1000,
                bare * 1000,
                ours / bare);
    }
}
