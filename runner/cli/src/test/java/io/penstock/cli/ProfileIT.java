package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who says which profile of a plan it is. Time budget: 20 s. */
final class ProfileIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String plan(String base) {
        return """
                connections:
                  shop:
                    source: { connector: reference, base_url: "%s", token: "${env:TOKEN}" }
                    streams: [customers]
                    sink: { connector: jsonl, path: out-plain }
                profiles:
                  dotenv: { connections: { shop: { sink: { path: out-dotenv } } } }
                  environment: { connections: { shop: { sink: { path: out-environment } } } }
                  option: { connections: { shop: { sink: { path: out-option } } } }
                """.formatted(base);
    }

    private void lands(Terminal terminal, String where, String... arguments) {
        Terminal.Result result = terminal.run(arguments);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(folder.resolve("out-" + where)).as(result.err()).isDirectory();
    }

    @Test
    void theOptionGoesBeforeTheEnvironmentAndThatBeforeTheFileOfVariables() {
        try (ModelApi api = ModelApi.builder().records(3).build()) {
            api.start();
            Terminal terminal = new Terminal(folder);
            terminal.write("plan.yaml", plan(api.baseUrl()));
            lands(terminal, "plain", "run", "plan.yaml");

            terminal.write(".env", "PENSTOCK_PROFILE=dotenv\n");
            lands(terminal, "dotenv", "run", "plan.yaml");

            terminal.with("PENSTOCK_PROFILE", "environment");
            assertThat(Files.exists(folder.resolve("out-environment"))).isFalse();
            lands(terminal, "environment", "run", "plan.yaml");

            assertThat(Files.exists(folder.resolve("out-option"))).isFalse();
            lands(terminal, "option", "run", "plan.yaml", "--profile", "option");

            terminal.with("PENSTOCK_PROFILE", "missing");
            Terminal.Result unknown = terminal.run("run", "plan.yaml");
            assertThat(unknown.code()).isNotZero();
            assertThat(unknown.err()).contains("missing");
        }
    }
}
