package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the plans that stand in the examples of the rest source, sinks included, against servers that others wrote. */
final class ForeignServersIT {

    private static final Path EXAMPLES = Path.of("..", "..", "connectors", "rest", "examples");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void landsAllOfJsonServer() throws IOException {
        Path installed = NpmServer.install(
                "json-server", "{\"private\": true, \"dependencies\": {\"json-server\": \"0.17.4\"}}");
        Path data = Files.writeString(
                folder.resolve("db.json"), "{\"posts\":" + posts() + ",\"comments\":" + comments() + "}");
        List<String> arguments = List.of("--quiet", "--host", "127.0.0.1", "--port", "PORT", data.toString());
        try (NpmServer server = NpmServer.start(installed, "json-server", arguments, "/posts/1")) {
            Terminal terminal = example("json-server", "http://127.0.0.1:3000", server);

            assertThat(terminal.run("streams", "plan.yaml").out())
                    .containsPattern("blog/posts .*\n    id integer, title string\\?");
            Map<String, JsonNode> streams = run(terminal);
            for (String paged : List.of("posts", "numbered", "offsets")) {
                pages(streams, paged, 250, 3);
                assertThat(query(terminal, "blog.duckdb", paged, "id")).contains("250 250");
            }
            pages(streams, "comments", 20, 250);
            assertThat(query(terminal, "blog.duckdb", "comments", "post_title || id"))
                    .contains("20 20");
        }
    }

    @Test
    void landsAllOfVerdaccio() throws IOException {
        // One of its parts asks for node-fetch by a tag that registries other than npm's own may lack.
        Path installed = NpmServer.install(
                "verdaccio",
                "{\"private\": true, \"dependencies\": {\"verdaccio\": \"6.8.0\"},"
                        + " \"overrides\": {\"node-fetch\": \"2.7.0\"}}");
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                "storage: " + folder.resolve("storage") + "\nuplinks: {}\n"
                        + "packages: { '**': { access: $all, publish: $all } }\n"
                        + "log: { type: stdout, format: pretty, level: warn }\n");
        List<String> arguments = List.of("--config", config.toString(), "--listen", "127.0.0.1:PORT");
        try (NpmServer server = NpmServer.start(installed, "verdaccio", arguments, "/-/ping")) {
            IntStream.range(0, 45).forEach(i -> server.put("/penstock-" + i, manifest("penstock-" + i)));
            Terminal terminal = example("verdaccio", "http://127.0.0.1:4873", server);

            assertThat(terminal.run("streams", "plan.yaml").out()).contains("description string?");
            Map<String, JsonNode> streams = run(terminal);
            pages(streams, "packages", 45, 3);
            pages(streams, "manifests", 45, 45);
            for (String table : List.of("packages", "manifests")) {
                assertThat(query(terminal, "registry.duckdb", table, "name")).contains("45 45");
            }
        }
    }

    /** The plan as it stands in the examples, but for the address. */
    private Terminal example(String name, String address, NpmServer server) throws IOException {
        String plan = Files.readString(EXAMPLES.resolve(name + ".yaml"));
        assertThat(plan).contains("base_url: " + address + "\n");
        Terminal terminal = new Terminal(folder);
        terminal.write("plan.yaml", plan.replace("base_url: " + address, "base_url: " + server.url()));
        return terminal;
    }

    private static Map<String, JsonNode> run(Terminal terminal) throws IOException {
        Terminal.Result result = terminal.run("run", "plan.yaml", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        Map<String, JsonNode> streams = new HashMap<>();
        new ObjectMapper()
                .readTree(result.out())
                .at("/connections/0/streams")
                .forEach(stream -> streams.put(stream.path("stream").asText(), stream));
        return streams;
    }

    /** Each record came once, and they did not come all at once. */
    private static void pages(Map<String, JsonNode> streams, String name, int records, int requests) {
        JsonNode stream = streams.get(name);
        assertThat(stream).as("%s in %s", name, streams.keySet()).isNotNull();
        assertThat(stream.path("records").asInt()).as(name).isEqualTo(records);
        assertThat(stream.path("requests").asInt()).as(name).isGreaterThanOrEqualTo(requests);
    }

    private static String query(Terminal terminal, String file, String table, String key) {
        Terminal.Result result =
                terminal.run("query", file, "SELECT count(*) || ' ' || count(DISTINCT " + key + ") AS n FROM " + table);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    private static String posts() {
        return IntStream.rangeClosed(1, 250)
                .mapToObj(i -> "{\"id\":" + i + ",\"title\":\"post " + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String comments() {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "{\"id\":" + i + ",\"postId\":" + (i % 5 + 1) + ",\"body\":\"comment " + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String manifest(String name) {
        String tarball = name + "-1.0.0.tgz";
        return """
            {"_id": "%1$s", "name": "%1$s", "dist-tags": {"latest": "1.0.0"},
             "versions": {"1.0.0": {"name": "%1$s", "version": "1.0.0", "description": "about %1$s",
                                    "dist": {"tarball": "http://127.0.0.1/%1$s/-/%2$s"}}},
             "_attachments": {"%2$s": {"content_type": "application/octet-stream", "data": "H4sIAAAAAAAAAwMAAAAAAAAAAAA=", "length": 20}}}
            """.formatted(name, tarball);
    }
}
