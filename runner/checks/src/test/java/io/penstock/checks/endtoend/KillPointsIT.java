package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that dies right before or after any durable step loses nothing and doubles nothing. Budget: 150 s on two cores. */
@Execution(ExecutionMode.CONCURRENT) // a new process and a database wait for each other more than they compute
class KillPointsIT {

    private static final List<String> POINTS = List.of(
            "duckdb.commit.begun",
            "duckdb.commit.done",
            "duckdb.commit.inserted",
            "duckdb.publish.committed",
            "duckdb.publish.swapped",
            "duckdb.schema.committed",
            "duckdb.schema.done",
            "files.commit.begun",
            "files.commit.saved",
            "files.commit.synced",
            "files.publish.decided",
            "files.publish.renamed",
            "files.state.kept",
            "files.state.written",
            "parts.commit.begun",
            "parts.commit.decided",
            "parts.commit.placed",
            "parts.commit.staged",
            "parts.publish.decided",
            "parts.publish.placed",
            "parts.publish.removed",
            "postgres.claim.minted",
            "postgres.commit.advanced",
            "postgres.commit.copied",
            "postgres.commit.done",
            "postgres.publish.committed",
            "postgres.publish.swapped",
            "postgres.schema.altered",
            "postgres.schema.committed");

    @TempDir
    private static Path packed;

    private static ChildClasses classes;

    @TempDir
    private Path folder;

    @BeforeAll
    static void packClasses() {
        classes = ChildClasses.recorded(packed, "duckdb");
    }

    static List<String> points() {
        return POINTS;
    }

    /** Reached only where a record did not fit, which none of the demo does: the sink's own tests die there. */
    private static final List<String> ELSEWHERE = List.of("duckdb.commit.buried");

    private static String sinkOf(String point) {
        return switch (point.substring(0, point.indexOf('.'))) {
            case "files" -> "jsonl";
            case "parts" -> "parquet";
            default -> point.substring(0, point.indexOf('.'));
        };
    }

    @ParameterizedTest
    @MethodSource("points")
    void isRecoveredFromByTheNextStart(String point) {
        String sink = sinkOf(point);
        boolean replace = point.contains("publish") || point.contains("schema"); // only then every run reaches it
        try (ModelApi api = ModelApi.builder().records(600).build().start()) {
            Scenario scenario = Scenario.of(api, folder, sink, replace);
            dies(scenario, point);
            scenario.requireRecoveryHere("a kill at " + point);
            api.revision(2);
            dies(scenario, point.contains("claim") ? point : point + "#2"); // a run claims once
            scenario.requireRecoveryHere("a second kill at " + point);
        }
    }

    private static void dies(Scenario scenario, String point) {
        List<String> options = new ArrayList<>(classes.using());
        options.add("-Dpenstock.kill=" + point);
        try (Child child = scenario.child(classes, options)) {
            assertThat(child.exit())
                    .as("exit code, which tells that %s was reached; last lines: %s", point, child.said())
                    .isEqualTo(Child.KILLED);
        }
    }

    @Test
    void allPointsInTheCodeAreTried() throws IOException {
        Pattern call = Pattern.compile("KillPoint\\.reach\\(\\s*\"([^\"]+)\"");
        TreeSet<String> found = new TreeSet<>();
        int calls = 0;
        for (String text : sources()) {
            for (Matcher match = call.matcher(text); match.find(); ) {
                found.add(match.group(1));
            }
            calls += text.split("KillPoint\\.reach\\(", -1).length - 1;
        }
        assertThat(calls).as("calls, each with a name of its own").isEqualTo(found.size());
        assertThat(found.containsAll(ELSEWHERE)).isTrue();
        ELSEWHERE.forEach(found::remove);
        assertThat(found).containsExactlyElementsOf(POINTS);
    }

    private static List<String> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .toList();
            List<String> texts = new ArrayList<>();
            for (Path file : all) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
