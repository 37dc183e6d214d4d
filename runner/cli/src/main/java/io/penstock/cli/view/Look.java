package io.penstock.cli.view;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a person types to look at the data. */
public final class Look {

    private static final String DUCKDB = "duckdb ";

    private Look() {}

    /** The sink's own command, or ours where this machine has no {@code duckdb}. */
    public static String at(String command, Console console) {
        String nearer = command.replace(console.directory() + File.separator, "");
        return nearer.startsWith(DUCKDB) && !installed("duckdb", console)
                ? console.command() + " query " + nearer.substring(DUCKDB.length())
                : nearer;
    }

    private static boolean installed(String program, Console console) {
        String path = console.environment().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
