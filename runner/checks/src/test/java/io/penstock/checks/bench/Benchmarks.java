package io.penstock.checks.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs the end-to-end comparisons and prints a Markdown table of ratios. */
public final class Benchmarks {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    /** Rounds before the one of (d) that is measured, for both: the JVM compiles for some 17 CPU seconds until it is done. */
    private static final int WARM = Integer.getInteger("warm", 5);

    /** As many of (a), which are short, on one core that must compile as well: 4,000 pages each. */
    private static final int LONG_WARM = Integer.getInteger("longWarm", 16);

    private final String base;
    private final Path directory;

    private Benchmarks(String base, Path directory) {
        this.base = base;
        this.directory = directory;
    }

    /** Arguments: the letters of the comparisons to run; all of them without. */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("penstock-bench");
        Process server = new ProcessBuilder(
                        ProcessRun.pinned(0, ProcessRun.java(List.of("-Xmx512m"), PageServer.class)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream alive = server.getOutputStream();
                BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String base = "http://127.0.0.1:" + out.readLine();
            System.out.println("| | what | ours | rival | ratio | goal |");
            System.out.println("|---|---|---|---|---|---|");
            String wanted = args.length == 0 ? "abcdefghi" : String.join("", args);
            new Benchmarks(base, directory).run(wanted);
            alive.flush();
        } finally {
            server.destroy();
        }
    }

    private void run(String wanted) throws Exception {
        if (wanted.contains("a")) {
            Pair pair = pair(new Job("client", 8, 500, 0, LONG_WARM, 1), new Job("bare", 8, 500, 0, LONG_WARM, 1));
            row(
                    "a",
                    "`ApiClient` against bare Reactor Netty, pages/s",
                    pair.rival.seconds() / pair.ours.seconds(),
                    ">= 0.85",
                    pair);
            row("a", "the same, CPU", pair.ours.cpu() / pair.rival.cpu(), "<= 1.3", pair);
        }
        if (wanted.contains("b")) {
            MicroBenchmarks.slices();
        }
        if (wanted.contains("e")) {
            MicroBenchmarks.requests();
        }
        if (wanted.contains("c")) {
            Pair pair = pair(new Job("jsonl", 8, 500, 0, 4, 1), new Job("discard", 8, 500, 0, 4, 1));
            row(
                    "c",
                    "HTTP to JSONL on one core against download and discard",
                    pair.rival.seconds() / pair.ours.seconds(),
                    ">= 0.35",
                    pair);
        }
        if (wanted.contains("d")) {
            records(10_000);
            Pair pair = pair(new Job("duckdb", 8, 1250, 0, WARM, -1), new Job("read-json", 1, 1, 0, WARM, -1));
            row(
                    "d",
                    "HTTP to DuckDB against its own `read_json` from disk, time",
                    pair.ours.seconds() / pair.rival.seconds(),
                    "<= 1.6",
                    pair);
        }
        if (wanted.contains("g")) {
            Pair near = pair(new Job("jsonl", 32, 125, 0, 2, -1), new Job("by-hand", 32, 125, 0, 2, -1));
            row(
                    "g",
                    "32 slices against the loop by hand, no latency",
                    near.rival.seconds() / near.ours.seconds(),
                    ">= 4",
                    near);
            Pair far = pair(new Job("jsonl", 32, 32, 50, 1, -1), new Job("by-hand", 32, 32, 50, 0, -1));
            row("g", "the same at 50 ms latency", far.rival.seconds() / far.ours.seconds(), ">= 20", far);
        }
        if (wanted.contains("f")) {
            memory();
        }
        if (wanted.contains("h")) {
            StartTimes.print();
        }
        if (wanted.contains("i")) {
            new ReadAheadBenchmark(base).print();
        }
    }

    /** A gigabyte through 64 MiB of heap; the rival is a tenth of it, so that growth would show. */
    private void memory() throws Exception {
        for (String kind : List.of("jsonl", "document")) {
            Usage3 whole = once(new Job(kind, 1, 20_000, 0, 0, -1), "-Xmx64m");
            Usage3 tenth = once(new Job(kind, 1, 2_000, 0, 0, -1), "-Xmx64m");
            System.out.printf(
                    Locale.ROOT,
                    "| f | 1 GB through `-Xmx64m` %s: resident | %d MB | %d MB for 0.1 GB | %.2f | flat |%n",
                    kind.equals("jsonl") ? "in pages" : "as one document",
                    whole.peak() / 1024,
                    tenth.peak() / 1024,
                    (double) whole.peak() / tenth.peak());
        }
    }

    private void records(int pages) throws IOException {
        byte[] page = new String(PageServer.records(PageServer.PAGE), StandardCharsets.UTF_8)
                .replace("},{\"id\"", "}\n{\"id\"")
                .concat("\n")
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(directory.resolve("records.jsonl"))) {
            for (int i = 0; i < pages; i++) {
                out.write(page);
            }
        }
    }

    /** What to run: kind, lanes, pages a lane, server's wait in ms, rounds of warm-up, core to pin to or -1. */
    private record Job(String kind, int lanes, int pages, int latency, int warmUp, int core) {}

    private record Usage3(double seconds, double cpu, long peak) {}

    private record Pair(Usage3 ours, Usage3 rival) {}

    private Pair pair(Job ours, Job rival) throws Exception {
        List<Usage3> first = new ArrayList<>();
        List<Usage3> second = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            first.add(once(ours));
            second.add(once(rival));
        }
        return new Pair(median(first), median(second));
    }

    private Usage3 once(Job job, String... options) throws Exception {
        Path own = Files.createDirectories(directory.resolve(job.kind()));
        Path records = directory.resolve("records.jsonl");
        Path work = job.kind().equals("read-json") && Files.exists(records) ? directory : own;
        List<String> command = ProcessRun.java(
                List.of(options),
                Subject.class,
                job.kind(),
                base,
                work.toString(),
                Integer.toString(job.lanes()),
                Integer.toString(job.pages()),
                Integer.toString(job.latency()),
                Integer.toString(job.warmUp()));
        String[] figures = ProcessRun.lastLine(job.core() < 0 ? command : ProcessRun.pinned(job.core(), command))
                .split(" ");
        return new Usage3(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Long.parseLong(figures[2]));
    }

    private static Usage3 median(List<Usage3> all) {
        return new Usage3(
                middle(all.stream().mapToDouble(Usage3::seconds).toArray()),
                middle(all.stream().mapToDouble(Usage3::cpu).toArray()),
                all.get(0).peak());
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void row(String letter, String what, double ratio, String goal, Pair pair) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f s, CPU %.2f s | %.2f s, CPU %.2f s | **%.2f** | %s |%n",
                letter,
                what,
                pair.ours.seconds(),
                pair.ours.cpu(),
                pair.rival.seconds(),
                pair.rival.cpu(),
                ratio,
                goal);
    }
}
