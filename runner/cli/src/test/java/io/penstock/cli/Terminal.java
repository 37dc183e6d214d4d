package io.penstock.cli;

import io.penstock.cli.view.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A folder, an environment and captured streams to run commands in. */
final class Terminal {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    Terminal(Path directory) {
        this.directory = directory;
        environment.put("TOKEN", "demo-token");
    }

    /** What a command left behind. */
    record Result(int code, String out, String err) {}

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal without(String variable) {
        environment.remove(variable);
        return this;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path write(String name, String text) {
        try {
            Files.createDirectories(file(name).getParent());
            return Files.writeString(file(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Writes a plan that reads the model API at {@code base} into a folder {@code out} of JSON lines. */
    Terminal reference(String base) {
        write("plan.yaml", """
                connections:
                  shop:
                    source: { connector: reference, base_url: "%s", token: "${env:TOKEN}" }
                    streams: [customers]
                    sink: { connector: jsonl, path: out }
                """.formatted(base));
        return this;
    }

    /** Writes a plan that reads {@code /things} at {@code base} as {@code stream} says. */
    Terminal rest(String base, String stream) {
        write("plan.yaml", """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      streams:
                        things: { path: /things, records: /items, key: id, %s }
                    sink: { connector: jsonl, path: out }
                """.formatted(base, stream));
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                directory,
                Map.copyOf(environment));
        int code = Main.run(console, arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
