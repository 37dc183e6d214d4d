package io.penstock.checks.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Java processes of the benchmarks: same class path, chosen options, a core of their own where the system lets us choose. */
final class ProcessRun {

    private ProcessRun() {}

    static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    static List<String> pinned(int core, List<String> command) {
        if (!Files.isExecutable(Path.of("/usr/bin/taskset"))
                || Runtime.getRuntime().availableProcessors() < 2) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("/usr/bin/taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        return pinned;
    }

    /** Runs to the end and returns the last line that was printed. */
    static String lastLine(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(
                    "exit " + process.exitValue() + " of " + command.subList(command.size() - 6, command.size()));
        }
        return last;
    }
}
