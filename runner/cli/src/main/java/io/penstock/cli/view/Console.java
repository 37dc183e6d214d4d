package io.penstock.cli.view;

import io.penstock.redact.ControlCharacters;
import io.penstock.redact.Redaction;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a command reads its surroundings from and writes to.
 *
 * @param out for programs
 * @param err for people
 * @param terminal whether a person watches {@code err}
 * @param directory what relative paths are relative to
 * @param environment the process's variables
 * @param redaction hides the secrets that the command comes to know
 */
public record Console(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Path directory,
        Map<String, String> environment,
        Redaction redaction) {

    /** A console whose command knows no secret yet. */
    public Console(
            PrintStream out, PrintStream err, boolean terminal, Path directory, Map<String, String> environment) {
        this(out, err, terminal, directory, environment, Redaction.empty());
    }

    /** This console with every secret taken out of what is written to it, as the last step before it is written. */
    public Console guarded() {
        return new Console(
                RedactedStream.of(out, redaction::hideKnown),
                RedactedStream.of(err, redaction::hide),
                terminal,
                directory,
                environment,
                redaction);
    }

    /** The process's own. The launcher tells whether stderr is a terminal, because Java cannot. */
    public static Console system() {
        return new Console(
                System.out,
                System.err,
                Boolean.getBoolean("penstock.terminal"),
                Path.of("").toAbsolutePath(),
                System.getenv());
    }

    /** A line for people, or several. */
    public void say(String line) {
        err.println(ControlCharacters.escape(line));
    }

    /** What a person types to start this program, as the launcher saw it; between quotes where a shell needs them. */
    public String command() {
        String typed = environment.getOrDefault("PENSTOCK_COMMAND", "penstock");
        return typed.matches("[\\w./~+-]+") ? typed : "'" + typed.replace("'", "'\\''") + "'";
    }

    /** {@code path} as a person here would type it. */
    public String shown(Path path) {
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    /** Whether the locale can show more than ASCII. */
    public boolean unicode() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.toLowerCase(Locale.ROOT).replace("-", "").endsWith("utf8"))
                .orElse(false);
    }
}
