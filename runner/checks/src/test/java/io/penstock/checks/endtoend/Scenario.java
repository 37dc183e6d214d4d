package io.penstock.checks.endtoend;

import io.penstock.runner.summary.RunSummary;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.model.ModelData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model API and a plan that reads all of it into one output.
 *
 * @param api runs already, in this process
 * @param folder of the plan
 * @param output where the plan writes
 * @param replace whether each run replaces everything
 */
record Scenario(ModelApi api, Path folder, Output output, boolean replace) {

    /** Rows after which a run commits: few, so that there are many commits. */
    static final int COMMIT = 200;

    /** Writes the plan into {@code folder}. */
    static Scenario of(ModelApi api, Path folder, String sink, boolean replace, String limits) {
        try {
            Files.createDirectories(folder);
            Output output = output(sink, folder);
            Path token = Files.writeString(folder.resolve("token"), "demo-token\n");
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
            String streams = ModelData.streams().stream()
                    .map(name -> replace ? "{ name: " + name + ", mode: replace }" : name)
                    .collect(Collectors.joining(", "));
            Files.writeString(
                    folder.resolve("plan.yaml"), """
                    connections:
                      shop:
                        source: { connector: reference, base_url: "%s", token: "${file:token}", page_size: 50 }
                        limits: %s
                        streams: [%s]
                        sink: %s
                    """.formatted(api.baseUrl(), limits, streams, output.sink()));
            return new Scenario(api, folder, output, replace);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Output output(String sink, Path folder) {
        return switch (sink) {
            case "duckdb" -> new DuckDbOutput(folder);
            case "postgres" -> new PostgresOutput(folder);
            case "parquet" -> new ParquetOutput(folder);
            default -> new JsonlOutput(folder);
        };
    }

    static Scenario of(ModelApi api, Path folder, String sink, boolean replace) {
        return of(api, folder, sink, replace, "{ concurrency: 8 }");
    }

    Path plan() {
        return folder.resolve("plan.yaml");
    }

    /** Runs the plan in this process, with the commits of real life. */
    RunSummary run() {
        return ChildRun.run(plan(), 0, said -> {});
    }

    /** Runs the plan in a process of its own. */
    Child child(ChildClasses classes, List<String> options) {
        return Child.start(
                folder, classes.path(), options, ChildRun.class.getName(), plan().toString(), Integer.toString(COMMIT));
    }

    /** Starts once more, now undisturbed: it must end by itself, and then the truth must have landed. */
    void requireRecovery(ChildClasses classes, String after) {
        try (Child child = child(classes, classes.using())) {
            int code = child.exit();
            if (code != 0) {
                throw new AssertionError(
                        "after " + after + " the next start needed a hand: exit " + code + "\n" + child.said());
            }
        }
        requireTruth(after);
    }

    /** As {@link #requireRecovery}, in this process, which starts sooner. */
    void requireRecoveryHere(String after) {
        RunSummary summary = ChildRun.run(plan(), COMMIT, said -> {});
        if (summary.exitCode() != 0) {
            throw new AssertionError("after " + after + " the next start needed a hand: " + summary.toJson());
        }
        requireTruth(after);
    }

    /** Fails unless the truth has landed. */
    void requireTruth(String after) {
        try {
            output.requireTruth(api.data(), api.revision(), replace);
        } catch (AssertionError wrong) {
            throw new AssertionError(
                    "after " + after + " at revision " + api.revision() + ": " + wrong.getMessage(), wrong);
        }
    }
}
