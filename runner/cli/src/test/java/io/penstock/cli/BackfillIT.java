package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stretches of time from an API that gives one order for each window it is asked for. */
final class BackfillIT {

    private static final String WINDOWS =
            "slices: { from: 2025-01-01, to: 2025-03-01, step: 1m }, params: { start: \"{start}\", end: \"{end}\" }";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String broken = "none";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @SuppressWarnings("NullAway.Init")
    private HttpServer api;

    @BeforeEach
    void anApi() throws IOException {
        terminal = new Terminal(folder);
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/orders", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(query);
            String start = query.replaceAll(".*start=([0-9-]+).*", "$1");
            byte[] body = ("[{\"id\":\"" + start + "\",\"at\":\"" + start + "\"}]").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(start.equals(broken) ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    private void plan(String stream, String sink) {
        terminal.write("plan.yaml", """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "http://127.0.0.1:%d"
                      streams:
                        orders: { path: /orders, records: "", key: id, paging: none, %s }
                    limits: { concurrency: 1 }
                    sink: %s
                """.formatted(api.getAddress().getPort(), stream, sink));
    }

    private Terminal.Result stretch(String from, String to) {
        asked.clear();
        return terminal.run("run", "plan.yaml", "--stream", "orders", "--from", from, "--to", to, "--json");
    }

    private String state() {
        return terminal.run("state", "show", "plan.yaml").out();
    }

    @Test
    void aBrokenOffStretchGoesOnAndRegularCursorsStay() {
        plan(
                "incremental: { field: at, param: since, start: 2025-01-01 }, " + WINDOWS,
                "{ connector: duckdb, path: o.duckdb }");
        assertThat(terminal.run("run", "plan.yaml").code()).isZero();
        List<String> regular =
                state().lines().filter(line -> line.contains("from=")).toList();
        assertThat(regular).hasSize(2);

        broken = "2024-11-15";
        assertThat(stretch("2024-10-15", "2025-01-01").code()).isEqualTo(76);
        assertThat(state()).contains("between=2024-10-15..2024-11-15");

        broken = "none";
        Terminal.Result rest = stretch("2024-10-15", "2025-01-01");
        assertThat(rest.code()).as(rest.err()).isZero();
        assertThat(asked)
                .as("windows are cut at the end of the stretch, and asked for what has changed since their first day")
                .anyMatch(query -> query.contains("start=2024-12-15")
                        && query.contains("end=2025-01-01")
                        && query.contains("since=2024-12-15"));
        assertThat(state().lines().filter(line -> line.contains("between="))).hasSize(3);
        assertThat(state().lines()
                        .filter(line -> line.contains("from="))
                        .map(BackfillIT::withoutRows)
                        .toList())
                .isEqualTo(regular.stream().map(BackfillIT::withoutRows).toList());
        assertThat(terminal.run("query", "o.duckdb", "SELECT count(*) FROM orders")
                        .out())
                .contains("5");
    }

    private static String withoutRows(String line) {
        return line.replaceAll(" +[0-9]+(?= )", "");
    }

    @Test
    void whatWasReadToItsEndIsNotAskedForAgain() {
        plan(WINDOWS, "{ connector: duckdb, path: o.duckdb }\n    streams: [{ name: orders, mode: upsert }]");
        assertThat(stretch("2024-11-01", "2025-01-01").code()).isZero();
        assertThat(asked.stream().filter(query -> query.contains("start=2024"))).hasSize(2);

        assertThat(stretch("2024-11-01", "2025-01-01").code()).isZero();
        assertThat(asked.stream().filter(query -> query.contains("start=2024"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2024-01-01 | 2024-01-01 | must be after --from 2024-01-01
            yesterday  | 2024-01-01 | --from of orders: expected a day such as 2024-01-01
            2024-01-01 | 1/2/2024   | --to of orders: expected a day such as 2024-01-01
            """)
    void aStretchThatIsNoneIsRefused(String from, String to, String said) {
        plan("incremental: { field: at, param: since }, " + WINDOWS, "{ connector: duckdb, path: o.duckdb }");
        Terminal.Result refused = stretch(from, to);
        assertThat(refused.code()).isEqualTo(78);
        assertThat(refused.err()).contains(said);
    }

    @Test
    void aStreamWithoutWindowsIsRefusedWithTheFix() {
        plan("incremental: { field: at, param: since }", "{ connector: duckdb, path: o.duckdb }");
        Terminal.Result refused = stretch("2024-01-01", "2025-01-01");
        assertThat(refused.code()).isEqualTo(78);
        assertThat(refused.err()).contains("give it date windows, such as slices: { from: 2024-01-01, step: 1m }");
    }

    @Test
    void whatWouldBeDoubledIsRefused() {
        plan("incremental: { field: at, param: since }, " + WINDOWS, "{ connector: jsonl, path: out }");
        Terminal.Result refused = stretch("2024-01-01", "2025-01-01");
        assertThat(refused.code()).isEqualTo(78);
        assertThat(refused.err()).contains("would be doubled", "mode: upsert");
    }

    @Test
    void aHalfStretchIsAWrongCommandLine() {
        plan(WINDOWS, "{ connector: duckdb, path: o.duckdb }");
        assertThat(terminal.run("run", "plan.yaml", "--from", "2024-01-01").code())
                .isEqualTo(64);
        assertThat(terminal.run("run", "plan.yaml", "--from", "2024-01-01", "--to", "2025-01-01")
                        .err())
                .contains("--stream NAME");
    }
}
