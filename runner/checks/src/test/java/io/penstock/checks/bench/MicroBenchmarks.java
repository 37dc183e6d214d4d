package io.penstock.checks.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks and prints their rows of the table. */
final class MicroBenchmarks {

    private MicroBenchmarks() {}

    /** Microseconds and bytes allocated for one operation. */
    private record Score(double micros, double bytes) {}

    static void slices() throws RunnerException {
        Map<String, Score> scores = run(SliceBenchmark.class);
        Score copy = scores.get("copy");
        double ours = scores.get("slices").micros() - copy.micros();
        double tree = scores.get("tree").micros() - copy.micros();
        double bytes = (scores.get("slices").bytes() - copy.bytes()) / PageServer.PAGE;
        row("b", "slicing a page against `readTree`, MB/s", ours + " µs", tree + " µs", tree / ours, ">= 1.8");
        row("b", "bytes allocated a record", bytes + " B", "", bytes, "<= 100");
    }

    static void requests() throws RunnerException {
        Score page = run(RequestBenchmark.class).get("page");
        row(
                "e",
                "permit, retry, paging and decoding of a one-record page, without network, µs",
                "",
                "",
                page.micros(),
                "<= 3");
        row("e", "the same, bytes allocated", "", "", page.bytes(), "<= 1024");
    }

    private static Map<String, Score> run(Class<?> benchmark) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmark.getName())
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, Score> scores = new HashMap<>();
        for (RunResult result : results) {
            double bytes = result.getSecondaryResults().entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                    .mapToDouble(entry -> entry.getValue().getScore())
                    .findFirst()
                    .orElse(Double.NaN);
            scores.put(
                    result.getPrimaryResult().getLabel(),
                    new Score(result.getPrimaryResult().getScore(), bytes));
        }
        return scores;
    }

    private static void row(String letter, String what, String ours, String rival, double figure, String goal) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | **%.2f** | %s |%n",
                letter,
                what,
                shorter(ours),
                shorter(rival),
                figure,
                goal);
    }

    private static String shorter(String figure) {
        return figure.replaceAll("(\\d+\\.\\d)\\d+", "$1");
    }
}
