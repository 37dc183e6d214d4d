package io.penstock.cli.range;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ClientResources;
import io.penstock.config.Config;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.runner.plan.Plugin;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.Failure;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.SinkProvider;
import io.penstock.testkit.range.Contestant;
import io.penstock.testkit.range.Ending;
import io.penstock.testkit.range.ShortWaits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One connection of a plan, run by the engine: its source is led to the model API whatever address the plan names, and its rows
 * go to JSON lines in a directory that is deleted afterwards.
 */
public final class PlanContestant implements Contestant {

    /** No run of the range takes longer; one that does hangs, and that is a bug. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Plan plan;
    private final PlannedConnection connection;
    private final SinkProvider files;

    /**
     * A contestant.
     *
     * @param connection of {@code plan}
     * @param files makes sinks of JSON lines
     */
    public PlanContestant(Plan plan, PlannedConnection connection, SinkProvider files) {
        this.plan = plan;
        this.connection = connection;
        this.files = files;
    }

    @Override
    public Ending read(URI api) {
        try {
            Path directory = Files.createTempDirectory("penstock-range");
            try {
                return read(api, directory);
            } finally {
                delete(directory);
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private Ending read(URI api, Path directory) throws IOException {
        try (ShortWaits waits = new ShortWaits()) {
            ClientResources resources = waits.resources();
            Host host = new Host(
                    base -> waits.client(led(base, api)),
                    resources.timer(),
                    resources.clock(),
                    resources.random(),
                    new SimpleMeterRegistry());
            RunSummary summary = Objects.requireNonNull(new Runner(host)
                    .start(into(directory), RunOptions.defaults(), event -> {})
                    .done()
                    .block(LIMIT));
            return new Ending(summary.exitCode(), rows(summary, directory), words(summary));
        }
    }

    /** {@code base} at the address of {@code api}. */
    private static URI led(URI base, URI api) {
        return api.resolve(base.getRawPath());
    }

    private Plan into(Path directory) {
        Config path = Config.of(files.settings(), Map.of("path", directory.toString()));
        List<PlannedStream> streams = connection.streams().stream()
                .map(stream -> new PlannedStream(stream.name(), Optional.empty(), Optional.empty()))
                .toList();
        PlannedConnection led = new PlannedConnection(
                connection.id(),
                connection.source(),
                new Plugin<>(files.name(), files, path),
                connection.limits(),
                connection.cache(),
                streams);
        return plan.with(List.of(led)).in(directory);
    }

    private static Map<String, List<String>> rows(RunSummary summary, Path directory) throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (var report : summary.streams()) {
            Path file = directory.resolve(report.stream().name() + ".jsonl");
            rows.put(report.stream().name(), Files.exists(file) ? Files.readAllLines(file) : List.of());
        }
        return rows;
    }

    private static String words(RunSummary summary) {
        return summary.failures().stream()
                .filter(failure -> failure.exitCode() == summary.exitCode())
                .findFirst()
                .map(PlanContestant::words)
                .orElse("");
    }

    private static String words(Failure failure) {
        return failure.code() + ": " + failure.message();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
