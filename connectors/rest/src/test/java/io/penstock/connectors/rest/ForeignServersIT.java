package io.penstock.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads servers that others wrote, by the plans that stand in the examples. */
class ForeignServersIT {

    @TempDir
    Path folder;

    @Test
    void readsJsonServer() throws IOException {
        Path installed = NpmServer.install(
                "json-server", "{\"private\": true, \"dependencies\": {\"json-server\": \"0.17.4\"}}");
        Path data = Files.writeString(
                folder.resolve("db.json"), "{\"posts\":" + posts() + ",\"comments\":" + comments() + "}");
        List<String> arguments = List.of("--quiet", "--host", "127.0.0.1", "--port", "PORT", data.toString());
        try (NpmServer server = NpmServer.start(installed, "json-server", arguments, "/posts/1");
                SourceRig rig = new SourceRig();
                Source source = rig.open(new RestProvider(), example("json-server", server))) {
            assertThat(Sources.records(Sources.readAll(source, "posts")))
                    .hasSize(250)
                    .doesNotHaveDuplicates();
            assertThat(Sources.records(Sources.readAll(source, "numbered")))
                    .isEqualTo(Sources.records(Sources.readAll(source, "posts")));
            List<String> comments = Sources.records(Sources.readAll(source, "comments"));
            assertThat(comments).hasSize(20).doesNotHaveDuplicates();
            assertThat(comments.get(0)).contains("\"post_title\":\"post 1\"");
        }
    }

    @Test
    void readsVerdaccio() throws IOException {
        // One of its parts asks for node-fetch by a tag that registries other than npm's own may lack.
        Path installed = NpmServer.install(
                "verdaccio",
                "{\"private\": true, \"dependencies\": {\"verdaccio\": \"6.3.2\"},"
                        + " \"overrides\": {\"node-fetch\": \"2.7.0\"}}");
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                "storage: " + folder.resolve("storage") + "\nuplinks: {}\n"
                        + "packages: { '**': { access: $all, publish: $all } }\n"
                        + "log: { type: stdout, format: pretty, level: warn }\n");
        List<String> arguments = List.of("--config", config.toString(), "--listen", "127.0.0.1:PORT");
        try (NpmServer server = NpmServer.start(installed, "verdaccio", arguments, "/-/ping");
                SourceRig rig = new SourceRig();
                Source source = rig.open(new RestProvider(), example("verdaccio", server))) {
            IntStream.range(0, 45).forEach(i -> server.put("/penstock-" + i, manifest("penstock-" + i)));
            StreamInfo info = Sources.stream(source, "packages");
            assertThat(info.schema().orElseThrow()).contains("\"description\"");
            assertThat(names(Sources.records(Sources.readAll(source, "packages"))))
                    .hasSize(45);
            assertThat(names(Sources.records(Sources.readAll(source, "manifests"))))
                    .hasSize(45);
        }
    }

    private static java.util.Set<String> names(List<String> records) {
        return records.stream()
                .map(record -> record.replaceAll("^.*?\"name\":\"([^\"]*)\".*$", "$1"))
                .collect(Collectors.toSet());
    }

    private static Map<String, Object> example(String name, NpmServer server) throws IOException {
        return Plans.source(Files.readString(Path.of("examples", name + ".yaml")), server.url());
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
