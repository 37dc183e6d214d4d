package io.penstock.checks.bench;

import io.penstock.client.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** One measured piece of work in a process of its own: warm up, measure, print seconds, CPU seconds and peak memory in kB. */
public final class Subject {

    private final String base;
    private final Path directory;
    private int round;

    private Subject(String base, Path directory) {
        this.base = base;
        this.directory = directory;
    }

    /** Arguments: kind, base URL of the page server, working folder, lanes, pages a lane, wait in ms, warm-up rounds. */
    public static void main(String[] args) throws Exception {
        Subject subject = new Subject(args[1], Path.of(args[2]));
        int lanes = Integer.parseInt(args[3]);
        int pages = Integer.parseInt(args[4]);
        int wait = Integer.parseInt(args[5]);
        Usage.Work work = subject.work(args[0], lanes, pages, wait);
        for (int i = 0; i < Integer.parseInt(args[6]); i++) {
            work.run();
        }
        Usage usage = Usage.of(work);
        System.out.println(usage.seconds() + " " + usage.cpu() + " " + peak());
        System.exit(0);
    }

    private Usage.Work work(String kind, int lanes, int pages, int wait) throws IOException {
        return switch (kind) {
            case "discard" ->
                () -> new BareNetty(base, lanes).read(lanes, pages, false).blockLast();
            case "bare" -> bare(lanes, pages);
            case "client" -> client(lanes, pages);
            case "by-hand" -> () -> HandLoop.read(base, lanes * pages, wait, directory.resolve("by-hand.jsonl"));
            case "jsonl" -> () -> run(lanes, pages, wait, "{ connector: jsonl, path: \"%s\" }");
            case "duckdb" -> () -> run(lanes, pages, wait, "{ connector: duckdb, path: \"%s/out.duckdb\" }");
            case "read-json" -> () -> readJson(directory.resolve("records.jsonl"));
            case "document" -> () -> document(pages);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Usage.Work bare(int lanes, int pages) {
        BareNetty bare = new BareNetty(base, lanes);
        return () -> bare.read(lanes, pages, true).blockLast();
    }

    private Usage.Work client(int lanes, int pages) {
        ApiClient api = ApiClient.at(base).concurrency(lanes).build();
        return () -> Penstock.exchange(api, lanes, pages).blockLast();
    }

    private void run(int lanes, int pages, int wait, String sink) throws IOException {
        Path out = fresh();
        Penstock.run(Penstock.plan(base, lanes, pages, wait, sink.formatted(out)), directory);
    }

    /** One document of {@code pages} times 100 records. */
    private void document(int pages) throws IOException {
        Path out = fresh();
        Penstock.run("""
                connections:
                  bench:
                    source:
                      connector: rest
                      base_url: %s
                      streams:
                        records: { path: /document, params: { records: "%d" }, records: /items, paging: none }
                    streams: [{ name: records, mode: replace }]
                    sink: { connector: jsonl, path: "%s" }
                """.formatted(base, pages * PageServer.PAGE, out), directory);
    }

    /** DuckDB's own bulk load of the same records lying on disk. */
    private void readJson(Path records) throws Exception {
        Path out = fresh();
        Properties settings = new Properties();
        try (Connection connection =
                        new org.duckdb.DuckDBDriver().connect("jdbc:duckdb:" + out + "/own.duckdb", settings);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE records AS SELECT * FROM read_json('" + records
                            + "', format = 'newline_delimited', columns = {id: 'BIGINT', page: 'BOOLEAN', uuid: 'VARCHAR', name: 'VARCHAR',"
                            + " email: 'VARCHAR', active: 'BOOLEAN', balance: 'DOUBLE', created_at: 'TIMESTAMPTZ', score: 'BIGINT',"
                            + " address: 'JSON', tags: 'JSON', note: 'VARCHAR', text: 'VARCHAR', company: 'VARCHAR', phone: 'VARCHAR'})");
            statement.execute("CHECKPOINT");
        }
    }

    /** An empty folder for this round; what the round before wrote, and what an older process has left, goes away. */
    private Path fresh() throws IOException {
        delete(directory.resolve("out-" + (round - 1)));
        Path out = directory.resolve("out-" + round++);
        delete(out);
        return Files.createDirectories(out);
    }

    private static void delete(Path old) throws IOException {
        if (Files.exists(old)) {
            try (Stream<Path> files = Files.walk(old)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Peak resident memory of this process in kB, where Linux tells; else 0. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
