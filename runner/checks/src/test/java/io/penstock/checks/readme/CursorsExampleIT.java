package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.penstock.checks.architecture.Product;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands on cursors and rounds, run one after the other as they stand there. */
class CursorsExampleIT {

    @Test
    void everyCommandDoesWhatItSays(@TempDir Path folder) throws IOException {
        Page readme = Page.of(Product.root().resolve("README.md"));
        List<String> commands = readme.blocks("sh").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./penstock state ") || line.contains("--until-caught-up"))
                .map(line -> line.replaceFirst("^\\./penstock ", "").replaceFirst(" +#.*", ""))
                .toList();
        HttpServer api = threePokemon();
        try {
            Files.writeString(
                    folder.resolve("poke.yaml"), """
                    connections:
                      poke:
                        source:
                          connector: rest
                          base_url: http://127.0.0.1:%d
                          streams: { pokemon: { path: /pokemon, records: /results, key: name, paging: none } }
                        sink: { connector: duckdb, path: poke.duckdb }
                    """.formatted(api.getAddress().getPort()));

            assertThat(commands).hasSize(7);
            for (String command : commands) {
                assertThat(said(command, folder))
                        .as(command)
                        .doesNotContainPattern("(State|Config|Sink)[A-Z]\\w+: |Usage:");
            }
            assertThat(said("state show poke.yaml", folder)).containsPattern("poke/pokemon +all +1 +3 +none");
        } finally {
            api.stop(0);
        }
        assertThat(folder.resolve("poke.state")).isNotEmptyFile();
        assertThat(Files.readString(folder.resolve("cursors.json"))).contains("\"connection\" : \"poke\"");
    }

    private static String said(String command, Path folder) throws IOException {
        String here = command.replaceAll("(poke\\.yaml|cursors\\.json|poke\\.state)", folder + "/$1");
        return CommandLineRun.says(here.split(" "));
    }

    private static HttpServer threePokemon() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/pokemon", exchange -> {
            byte[] body = "{\"results\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
