package io.penstock.checks.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Java process with the tests' class path. It never outlives {@link #LONGEST}, nor this object. */
final class Child implements AutoCloseable {

    /** What a process that was killed exits with. */
    static final int KILLED = 137;

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int REMEMBERED = 40;

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final CompletableFuture<Void> tooLate;

    private Child(Process process) {
        this.process = process;
        this.tooLate = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Starts {@code main}; {@code folder} takes its temporary files, which a killed process leaves behind. */
    static Child start(Path folder, List<String> options, String main, String... arguments) {
        return start(folder, System.getProperty("java.class.path"), options, main, arguments);
    }

    /** As {@link #start(Path, List, String, String...)}, with another class path. */
    static Child start(Path folder, String classes, List<String> options, String main, String... arguments) {
        try {
            Path temporary = Files.createDirectories(folder.resolve("tmp"));
            List<String> command = new ArrayList<>(signalsAsUsual());
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
            command.add("-Djava.io.tmpdir=" + temporary);
            command.addAll(options);
            command.addAll(List.of("-cp", classes, main));
            command.addAll(List.of(arguments));
            return new Child(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A build in the background ignores SIGINT, and so would every child of it; env(1) of Linux mends that. */
    private static List<String> signalsAsUsual() throws IOException {
        List<String> env = List.of("env", "--default-signal=INT");
        List<String> probe = new ArrayList<>(env);
        probe.add("true");
        boolean known = new ProcessBuilder(probe).start().onExit().join().exitValue() == 0;
        return known ? env : List.of();
    }

    /** Kills the process, with no chance to clean up, once it has said {@code count} lines; at once with 0. */
    Child killAfter(int count) {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (int i = 0; i < count; i++) {
                String line = said.readLine();
                if (line == null) {
                    return this;
                }
                remember(line);
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
        process.toHandle().destroyForcibly(); // that of Process would close the pipe with it
        return this;
    }

    /** Reads until it says {@code part}, or ends; what it says later is still to be read. */
    Child until(String part) {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                remember(line);
                if (line.contains(part)) {
                    return this;
                }
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
        throw new AssertionError("it ended without a word of '" + part + "':\n" + said());
    }

    /** Sends it a signal, such as {@code TERM}. */
    void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .start()
                .onExit()
                .join();
    }

    /** Reads to the end and waits for it. */
    int exit() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                remember(line);
            }
            int code =
                    process.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS).exitValue();
            if (tooLate.isDone()) {
                throw new AssertionError("the process had not ended after " + LONGEST + "; it said last:\n" + said());
            }
            return code;
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("the process cannot be followed; it said last:\n" + said(), failure);
        }
    }

    private void remember(String line) {
        lines.add(line);
        if (lines.size() > REMEMBERED) {
            lines.remove();
        }
    }

    /** The last lines it said. */
    String said() {
        return String.join("\n", lines);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        tooLate.cancel(false);
        process.destroyForcibly();
    }
}
