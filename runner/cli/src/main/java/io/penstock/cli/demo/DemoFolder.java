package io.penstock.cli.demo;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.UsageProblem;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.testkit.model.ModelData;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The folder of a demo: remembers between runs how much data and which revision of it was read. */
public final class DemoFolder {

    private static final String MARK = "demo.properties";
    private static final List<String> SINKS = List.of("duckdb", "jsonl", "parquet");
    private static final long DEFAULT_RECORDS = 10_000;

    private final Path directory;
    private final Properties memory;

    private DemoFolder(Path directory, Properties memory) {
        this.directory = directory;
        this.memory = memory;
    }

    public static DemoFolder open(Path directory, Optional<Long> records, Optional<String> sink, boolean fresh)
            throws IOException {
        sink.filter(name -> !SINKS.contains(name)).ifPresent(name -> {
            throw new UsageProblem("--sink must be one of " + String.join(", ", SINKS) + ", but was " + name);
        });
        if (fresh) {
            clear(directory);
        }
        Files.createDirectories(directory);
        Properties memory = memory(directory);
        agree(memory, "records", records.map(String::valueOf), Long.toString(DEFAULT_RECORDS), directory);
        agree(memory, "sink", sink, "duckdb", directory);
        return new DemoFolder(directory, memory);
    }

    private static Properties memory(Path directory) throws IOException {
        Properties memory = new Properties();
        Path mark = directory.resolve(MARK);
        if (Files.exists(mark)) {
            try (Reader reader = Files.newBufferedReader(mark)) {
                memory.load(reader);
            }
        } else if (!empty(directory)) {
            throw new ConfigError(directory + " holds files that no demo wrote: give another folder with --out");
        }
        return memory;
    }

    private static boolean empty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** Takes what was given, or what was remembered; the two must not differ, for then nothing could be compared. */
    private static void agree(Properties memory, String name, Optional<String> given, String fallback, Path directory) {
        String known = memory.getProperty(name);
        if (known != null && given.isPresent() && !given.get().equals(known)) {
            throw new ConfigError(directory + " holds a demo with --" + name + " " + known + ", found --" + name + " "
                    + given.get() + ": add --fresh to start over, or --out for another folder");
        }
        memory.setProperty(name, given.orElse(known != null ? known : fallback));
    }

    /** Deletes what earlier demos wrote, and nothing else; a folder without their mark is left alone. */
    private static void clear(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(MARK))) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(DemoFolder::ours).toList()) {
                delete(file);
            }
        }
        Files.writeString(directory.resolve(MARK), ""); // emptied and not deleted: the folder is still a demo's
    }

    private static boolean ours(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("demo.duckdb")
                || List.of("plan.yaml", "token", ".penstock").contains(name)
                || ModelData.streams().contains(name.replaceFirst("\\.jsonl$", ""));
    }

    /** What must be typed to get back to this folder; nothing for the usual one. */
    public String choice(Console console) {
        String shown = console.shown(directory);
        return shown.equals("penstock-demo") ? "" : " --out " + shown;
    }

    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    public long records() {
        return Long.parseLong(memory.getProperty("records"));
    }

    /** The revision to serve: one more than the last that was read to its end. */
    public int revision() {
        return Integer.parseInt(memory.getProperty("revision", "0")) + 1;
    }

    public Path planFile() {
        return directory.resolve("plan.yaml");
    }

    /** Writes the plan of this run, so that a person can read and copy it. */
    public Path plan(String baseUrl) throws IOException {
        save();
        Path token = directory.resolve("token");
        if (!Files.exists(token)) {
            Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(token, "demo-token\n");
        boolean duckdb = memory.getProperty("sink").equals("duckdb");
        return Files.writeString(
                planFile(), """
                # Written by "penstock demo". The API it reads lives as long as the demo does; one that stays:
                #   penstock demo-api --port 8080
                connections:
                  demo:
                    source: { connector: reference, base_url: "%s", token: "${file:token}" }
                    limits: { concurrency: 8 }
                    sink: { connector: %s, path: %s }
                """.formatted(baseUrl, memory.getProperty("sink"), duckdb ? "demo.duckdb" : "."));
    }

    /** Remembers that this revision was read to its end. */
    public void done() throws IOException {
        memory.setProperty("revision", Integer.toString(revision()));
        save();
    }

    private void save() throws IOException {
        try (Writer writer = Files.newBufferedWriter(directory.resolve(MARK))) {
            memory.store(writer, "what the last demo in this folder read");
        }
    }
}
