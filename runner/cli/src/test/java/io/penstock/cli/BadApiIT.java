package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.view.Debug;
import io.penstock.testkit.model.ModelApi;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BadApiIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void inAnEmptyFolder() {
        terminal = new Terminal(folder);
    }

    @Test
    void checkSaysSoonThatNobodyListens() {
        terminal.reference("http://127.0.0.1:" + SmallServer.freePort());

        Terminal.Result result = terminal.run("check", "plan.yaml");

        assertThat(result.code()).isEqualTo(75);
        assertThat(result.err())
                .contains(
                        "shop source (reference): NetworkError",
                        "refused",
                        "is the server running",
                        "shop sink (jsonl): good");
    }

    @Test
    void checkSaysThatAHostDoesNotExist() {
        terminal.reference("http://nosuchhost.invalid");

        Terminal.Result result = terminal.run("check", "plan.yaml");

        assertThat(result.code()).isEqualTo(75);
        assertThat(result.err()).contains("NetworkError", "nosuchhost.invalid", "not resolved");
    }

    @Test
    void checkSaysThatAServerDoesNotSpeakTls() {
        try (ModelApi api = ModelApi.builder().records(10).build().start()) {
            terminal.reference(api.baseUrl().replace("http:", "https:"));

            Terminal.Result result = terminal.run("check", "plan.yaml");

            assertThat(result.code()).isEqualTo(77);
            assertThat(result.err()).contains("TlsError", "http://");
        }
    }

    @Test
    void wrongCredentialsAreAMatterOfRights() {
        try (ModelApi api = ModelApi.builder().records(10).build().start()) {
            terminal.reference(api.baseUrl()).with("TOKEN", "not-the-token");

            Terminal.Result checked = terminal.run("check", "plan.yaml");
            Terminal.Result run = terminal.run("run", "plan.yaml");

            assertThat(checked.code()).isEqualTo(77);
            assertThat(checked.err()).contains("AuthError", "401").doesNotContain("not-the-token");
            assertThat(run.code()).isEqualTo(77);
            assertThat(run.err()).contains("AuthError", "401").doesNotContain("not-the-token");
        }
    }

    @Test
    void theJsonOfAFailureTellsWhereItHappened() {
        try (SmallServer server = SmallServer.answering("application/json", "{\"items\": [1, 2")) {
            terminal.rest(
                    server.base(), "paging: none, schema: { type: object, properties: { id: { type: integer } } }");

            Terminal.Result result = terminal.run("run", "plan.yaml", "--json");

            assertThat(result.code()).isEqualTo(76);
            assertThat(result.out().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .contains(
                                    "\"code\":\"MalformedPayload\"",
                                    "\"stream\":\"shop/things\"",
                                    "\"slice\":",
                                    "\"attempt\":2",
                                    "\"correlation_id\":",
                                    "\"docs\":",
                                    "\"exit_code\":76"));
        }
    }

    @Test
    void htmlIsNotTakenForData() {
        try (SmallServer server = SmallServer.answering("text/html", "<!doctype html><title>Log in</title>")) {
            terminal.rest(server.base(), "paging: none");

            Terminal.Result result = terminal.run("run", "plan.yaml");

            assertThat(result.code()).isEqualTo(76);
            assertThat(result.err()).contains("UnexpectedContent", "HTML");
        }
    }

    @Test
    void brokenJsonIsNotTakenForData() {
        try (SmallServer server = SmallServer.answering("application/json", "{\"items\": [{\"id\": 1}, {\"id\": ]}")) {
            terminal.rest(server.base(), "paging: none");

            Terminal.Result result = terminal.run("preview", "plan.yaml", "things");

            assertThat(result.code()).isEqualTo(76);
            assertThat(result.err()).contains("MalformedPayload");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void aCursorThatLoopsEndsTheStreamAndNotTheDay() throws Exception {
        try (SmallServer server =
                SmallServer.answering("application/json", "{\"items\": [{\"id\": 1}], \"next\": \"again\"}")) {
            terminal.rest(server.base(), "paging: { cursor: { at: /next, param: cursor } }");

            Terminal.Result result = terminal.run("run", "plan.yaml");

            assertThat(result.code()).isEqualTo(76);
            assertThat(result.err()).contains("PaginationLoop", "shop/things");
            assertThat(Files.exists(terminal.file("out"))).isTrue();
        }
    }

    @Test
    void aStreamThatDoesNotExistIsAnsweredWithTheNearest() {
        try (ModelApi api = ModelApi.builder().records(10).build().start()) {
            terminal.reference(api.baseUrl());

            Terminal.Result preview = terminal.run("preview", "plan.yaml", "custommers");
            Terminal.Result run = terminal.run("run", "plan.yaml", "--stream", "custommers");
            Terminal.Result connection = terminal.run("run", "plan.yaml", "--connection", "shoop");

            assertThat(preview.code()).isEqualTo(78);
            assertThat(preview.err()).contains("custommers", "customers");
            assertThat(run.code()).isEqualTo(78);
            assertThat(run.err()).contains("custommers", "customers");
            assertThat(connection.code()).isEqualTo(78);
            assertThat(connection.err()).contains("shoop", "shop");
        }
    }

    @Test
    void stackTracesAreForThoseWhoAsk() {
        terminal.reference("http://127.0.0.1:" + SmallServer.freePort());
        try {
            assertThat(logOf(() -> terminal.run("check", "plan.yaml"))).doesNotContain("\tat ");
            assertThat(logOf(() -> terminal.run("check", "plan.yaml", "--debug")))
                    .contains("NetworkError", "\tat io.penstock");
        } finally {
            Debug.off();
        }
    }

    @Test
    void streamsSaysWhyItDoesNotKnowTheFieldsOfAnApiThatCannotBeRead() {
        terminal.rest("http://127.0.0.1:" + SmallServer.freePort(), "paging: none");

        String log = logOf(() -> {
            Terminal.Result result = terminal.run("streams", "plan.yaml");
            assertThat(result.code()).isZero();
            assertThat(result.out()).contains("shop/things", "    fields not known before records are read");
        });

        assertThat(log.lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).contains("fields of shop/things are not known", "NetworkError: ", "refused"));
        assertThat(log).doesNotContain("\tat ");
    }

    @Test
    void streamsSaysThatACredentialWasRefusedAndDoesNotShowIt() {
        try (ModelApi api = ModelApi.builder().records(10).build().start()) {
            terminal.with("TOKEN", "not-the-token").write("plan.yaml", """
                    connections:
                      shop:
                        source:
                          connector: rest
                          base_url: "%s"
                          auth: { bearer: "${env:TOKEN}" }
                          streams: { orders: { path: /v1/orders, paging: none } }
                        sink: { connector: jsonl, path: out }
                    """.formatted(api.baseUrl()));

            String log = logOf(() ->
                    assertThat(terminal.run("streams", "plan.yaml").code()).isZero());

            assertThat(log)
                    .contains("fields of shop/orders are not known", "AuthError: ", "401")
                    .doesNotContain("not-the-token");
        }
    }

    /** What goes to the log while {@code command} runs. */
    private static String logOf(Runnable command) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            command.run();
            return log.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(before);
        }
    }
}
