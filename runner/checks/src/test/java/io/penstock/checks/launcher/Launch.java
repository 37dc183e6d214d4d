package io.penstock.checks.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One start of a launcher through {@code /bin/sh}. */
final class Launch {

    private static final long LONGEST_SECONDS = 60;

    private final List<String> command = new ArrayList<>(List.of("/bin/sh"));
    private final Map<String, String> environment = new TreeMap<>();
    private Path folder;
    private String input = "";

    Launch(House house, Path script, Path folder, String... arguments) {
        this.folder = folder;
        command.add(script.toString());
        command.addAll(List.of(arguments));
        with("JAVA_HOME", house.path("jdk").toString());
        with("HOUSE", house.path("").toString());
        with("PENSTOCK_ARCHIVE", "no");
    }

    /** Calls it by another name, from another folder. */
    Launch as(String script, Path from) {
        command.set(1, script);
        folder = from;
        return this;
    }

    /** Starts it with another shell. */
    Launch in(Path shell) {
        command.set(0, shell.toString());
        if (shell.endsWith("busybox")) {
            command.add(1, "sh");
        }
        return this;
    }

    Launch with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Launch input(String text) {
        input = text;
        return this;
    }

    /** Starts it and goes on. */
    Process start() {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PENSTOCK_") || name.equals("EXIT"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts it and waits for its end. */
    Outcome run() {
        return end(start());
    }

    static Outcome end(Process process) {
        try {
            int code = process.onExit().get(LONGEST_SECONDS, TimeUnit.SECONDS).exitValue();
            return new Outcome(
                    code,
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException failure) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("the launcher did not end by itself", failure);
        }
    }

    /** What a launch left. */
    record Outcome(int code, String out, String err) {

        /** The words the JVM was started with. */
        List<String> words() {
            return out.lines()
                    .filter(line -> line.startsWith("word: "))
                    .map(line -> line.substring("word: ".length()))
                    .toList();
        }
    }
}
