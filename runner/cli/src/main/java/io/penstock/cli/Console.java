package io.penstock.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command reads its surroundings from and writes to.
 *
 * @param out for programs
 * @param err for people
 * @param terminal whether a person watches {@code err}
 * @param directory what relative paths are relative to
 * @param environment the process's variables
 */
record Console(PrintStream out, PrintStream err, boolean terminal, Path directory, Map<String, String> environment) {

    /** The process's own. The launcher tells whether stderr is a terminal, because Java cannot. */
    static Console system() {
        return new Console(
                System.out,
                System.err,
                Boolean.getBoolean("penstock.terminal"),
                Path.of("").toAbsolutePath(),
                System.getenv());
    }

    /** A line for people. */
    void say(String line) {
        err.println(line);
    }
}
