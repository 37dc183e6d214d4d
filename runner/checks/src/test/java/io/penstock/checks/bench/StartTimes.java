package io.penstock.checks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
        row(
                "`demo` of 100 rows a stream to JSONL, whole process",
                seconds(List.of(
                        launcher.toString(),
                        "demo",
                        "--records",
                        "100",
                        "--sink",
                        "jsonl",
                        "--fresh",
                        "--out",
                        folder + "/demo")),
                floor);
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
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
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
