package io.penstock.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.notMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An API and a plan that reads it, both good until somebody spoils them. */
final class BadWorld implements AutoCloseable {

    private static final String PLAN = """
            connections:
              shop:
                source:
                  connector: rest
                  base_url: "%s"
                  auth: { bearer: "${env:TOKEN}" }
                  streams:
                    good: { path: /good, records: /items, key: id, paging: none }
                    things: { path: /things, records: /items, key: id, paging: { cursor: { at: /next } } }
                limits: { concurrency: 2 }
                sink: { connector: jsonl, path: out }
            """;

    private final WireMockServer api =
            new WireMockServer(options().dynamicPort().dynamicHttpsPort());
    private final Path folder;
    private final Terminal terminal;

    BadWorld(Path folder) {
        this.folder = folder;
        this.terminal = new Terminal(folder);
        api.start();
        mend();
    }

    /** As it should be. */
    void mend() {
        api.resetAll();
        things("{\"items\": [{\"id\": 1}, {\"id\": 2}], \"next\": \"two\"}");
        api.stubFor(get(urlPathEqualTo("/good"))
                .willReturn(okJson("{\"items\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}")));
        api.stubFor(get(urlPathEqualTo("/things"))
                .withQueryParam("cursor", equalTo("two"))
                .willReturn(okJson("{\"items\": [{\"id\": 3}], \"next\": null}")));
        api.stubFor(any(anyUrl())
                .withHeader("Authorization", notMatching("Bearer demo-token"))
                .atPriority(1)
                .willReturn(jsonResponse("{\"error\": \"invalid_token\"}", 401)));
        terminal.with("TOKEN", "demo-token");
        terminal.write("plan.yaml", PLAN.formatted(base()));
    }

    private void things(String document) {
        api.stubFor(get(urlPathEqualTo("/things"))
                .withQueryParam("cursor", absent())
                .willReturn(okJson(document)));
    }

    /** What the second page of things answers, as {@code type}. */
    void secondPage(String type, String body) {
        api.stubFor(get(urlPathEqualTo("/things"))
                .withQueryParam("cursor", equalTo("two"))
                .willReturn(okForContentType(type, body)));
    }

    /** Replaces a piece of the plan. */
    void plan(String piece, String by) {
        String plan = read(folder.resolve("plan.yaml"));
        if (!plan.contains(piece)) {
            throw new IllegalArgumentException("the plan has no " + piece);
        }
        terminal.write("plan.yaml", plan.replace(piece, by));
    }

    Terminal terminal() {
        return terminal;
    }

    String base() {
        return "http://127.0.0.1:" + api.port();
    }

    String tlsBase() {
        return "https://127.0.0.1:" + api.httpsPort();
    }

    /** All files of data, by name. */
    Map<String, String> data() {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> data = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(".jsonl"))
                    .forEach(file -> data.put(folder.relativize(file).toString(), read(file)));
            return data;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** {@code text} with everything that differs from run to run named instead. */
    String steady(String text) {
        return text.replace(tlsBase(), "{tls}")
                .replace(base(), "{base}")
                .replace(folder.toString(), "{folder}")
                .replaceAll("\\[request [0-9a-f]+]", "[request ID]");
    }

    @Override
    public void close() {
        api.stop();
    }
}
