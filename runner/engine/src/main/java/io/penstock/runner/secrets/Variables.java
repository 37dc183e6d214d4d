package io.penstock.runner.secrets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables a plan may refer to: those of the process, and below them those of a {@code .env} file beside the plan. One that is
 * set but empty counts as not set. Immutable.
 */
public final class Variables {

    private static final String FILE = ".env";

    /**
     * A variable's value and where it comes from.
     *
     * @param text the value; may be a secret
     * @param origin where it was set, such as {@code environment} or {@code .env line 3}
     */
    public record Value(String text, String origin) {

        /** The origin; the value stays unseen. */
        @Override
        public String toString() {
            return origin;
        }
    }

    private final Map<String, Value> values;
    private final List<String> warnings;

    private Variables(Map<String, Value> values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    /** Those of the process alone. */
    public static Variables of(Map<String, String> process) {
        return new Variables(ofProcess(process), List.of());
    }

    /**
     * Those of the process, and of {@code .env} in {@code directory} if there is one. Blocks.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the file cannot be understood, naming the line and never a value
     */
    public static Variables beside(Path directory, Map<String, String> process) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return of(process);
        }
        Map<String, Value> values = new LinkedHashMap<>();
        DotEnv.read(file).forEach((name, entry) -> put(values, name, entry.value(), FILE + " line " + entry.line()));
        values.putAll(ofProcess(process));
        List<String> warnings = new ArrayList<>();
        if (DotEnv.open(file)) {
            warnings.add(file + " can be read by every user of this machine: chmod 600 " + file);
        }
        return new Variables(values, warnings);
    }

    private static Map<String, Value> ofProcess(Map<String, String> process) {
        Map<String, Value> values = new LinkedHashMap<>();
        process.forEach((name, text) -> put(values, name, text, "environment"));
        return values;
    }

    private static void put(Map<String, Value> values, String name, String text, String origin) {
        if (!text.isEmpty()) {
            values.put(name, new Value(text, origin));
        }
    }

    /** The variable called {@code name}, if it is set. */
    public Optional<Value> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Names and values, for whoever resolves references. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    /** What a person should know of the file; never a value. */
    List<String> warnings() {
        return warnings;
    }

    /** Only how many there are. */
    @Override
    public String toString() {
        return values.size() + " variables";
    }
}
