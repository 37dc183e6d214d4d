package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that is really full: a small file system of the test's own, or a limit for the size of files. */
@EnabledOnOs(OS.LINUX)
final class FullDiskIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_SECONDS = 120;
    private static final int MANY = 40_000;

    /** Runs the plan with room, twice without, and once more with room; what lies on the disk is copied in between. */
    private static final String SCRIPT = """
            mkdir disk
            full() { :; }
            room() { :; }
            if [ "$1" = tmpfs ]; then
              mount -t tmpfs -o size=3m none disk || exit 99
              room() { mount -o remount,size=200m disk; }
            else
              full() { ulimit -f 4096; }
            fi
            shift
            "$@" --stream good >first.out 2>first.err; echo $? >first.code
            cp -r disk before
            (full; "$@" >told.out 2>told.err; echo $? >told.code)
            (full; "$@" --json >json.out 2>json.err; echo $? >json.code)
            cp -r disk after
            room
            "$@" >mended.out 2>mended.err; echo $? >mended.code
            cp -r disk mended
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"tmpfs, jsonl", "tmpfs, duckdb", "ulimit, jsonl"})
    void isToldAsSuchAndLosesNothing(String how, String sink) throws Exception {
        assumeTrue(how.equals("ulimit") || mounts(), "this system lets nobody mount a file system of their own");
        try (SmallServer api = SmallServer.answering("application/json", many())) {
            plan(api.base(), sink);
            run(how);
        }
        assertThat(text("first.code")).as(text("first.err")).isEqualTo("0\n");
        assertThat(text("told.code")).as(text("told.err")).isEqualTo("74\n");
        assertThat(text("told.out")).isEmpty();
        assertThat(text("told.err").lines().filter(line -> line.startsWith("shop/things: SinkFull: ")))
                .as("told when it happens, on a slow machine, and told in the end")
                .isNotEmpty();
        assertThat(text("told.err")
                        .lines()
                        .filter(line -> line.startsWith("shop/things: SinkFull: "))
                        .distinct())
                .singleElement()
                .asString()
                .startsWith("shop/things: SinkFull: ")
                .contains("what was committed before stands", "run again");
        JsonNode document = JSON.readTree(text("json.out"));
        assertThat(document.path("exit_code").asInt()).isEqualTo(74);
        assertThat(text("json.code")).isEqualTo("74\n");
        assertThat(BadInputIT.failures(document))
                .extracting(failure -> failure.path("stream").asText())
                .contains("shop/things")
                .isSubsetOf("shop/things", "shop/good"); // which may meet the same disk
        assertThat(BadInputIT.failures(document)).allSatisfy(failure -> {
            assertThat(failure.path("code").asText()).isEqualTo("SinkFull");
            assertThat(failure.path("message").asText())
                    .contains(
                            "what was committed before stands",
                            folder.resolve("disk").toString(),
                            "run again");
            assertThat(failure.path("details").isObject()).isTrue();
            assertThat(failure.path("time").asText()).endsWith("Z");
            assertThat(failure.path("docs").asText()).isEqualTo("core/README.md#sinkfull");
        });
        assertThat(rows("before", sink, "good")).isEqualTo(3);
        assertThat(rows("after", sink, "good")).as("what was committed").isEqualTo(3);
        assertThat(text("mended.code")).as(text("mended.err")).isEqualTo("0\n");
        assertThat(rows("mended", sink, "good")).isEqualTo(3);
        assertThat(rows("mended", sink, "things")).isEqualTo(MANY);
    }

    private static boolean mounts() throws IOException {
        return new ProcessBuilder("sh", "-c", "unshare -rm true")
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }

    private void run(String how) throws Exception {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "io.penstock.cli.Main",
                "run",
                "plan.yaml");
        List<String> command = new java.util.ArrayList<>(how.equals("tmpfs") ? List.of("unshare", "-rm") : List.of());
        command.addAll(List.of("sh", "-c", SCRIPT, "sh", how));
        command.addAll(java);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("script.out").toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
            assertThat(process.exitValue()).as(text("script.out")).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void plan(String base, String sink) throws IOException {
        Files.writeString(
                folder.resolve("plan.yaml"), """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      streams:
                        good: { path: /good, records: /few, key: id, paging: none }
                        things: { path: /things, records: /items, key: id, paging: none }
                    sink: { connector: %s, path: disk/%s }
                """.formatted(base, sink, sink.equals("jsonl") ? "out" : "shop.duckdb"));
    }

    /** Some megabytes that no compression makes small. */
    private static String many() {
        java.util.Random random = new java.util.Random(7);
        return IntStream.range(0, MANY)
                .mapToObj(i -> "{\"id\":" + i + ",\"text\":\"" + Long.toHexString(random.nextLong())
                        + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())
                        + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()) + "\"}")
                .collect(Collectors.joining(",", "{\"few\":[{\"id\":1},{\"id\":2},{\"id\":3}],\"items\":[", "]}"));
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private long rows(String copy, String sink, String stream) throws IOException, SQLException {
        if (sink.equals("jsonl")) {
            return Files.readAllLines(folder.resolve(copy + "/out/" + stream + ".jsonl"))
                    .size();
        }
        try (Connection connection =
                        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(copy + "/shop.duckdb"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + stream)) {
            result.next();
            return result.getLong(1);
        }
    }
}
