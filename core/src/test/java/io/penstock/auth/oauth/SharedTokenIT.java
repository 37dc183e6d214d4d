package io.penstock.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows U3 and U4 with real processes and a real folder. Under 60 s. */
@Timeout(120)
class SharedTokenIT {

    @TempDir
    private Path home;

    private final List<Child> children = new ArrayList<>();
    private HttpServer server;
    private int tokenCalls;
    private String refresh = "r0";
    private String access = "";
    private Runnable beforeAnswer = () -> {};

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/token", this::token);
        server.createContext("/api", exchange -> {
            String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, header.equals("Bearer " + access()) ? 200 : 401, "{}");
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (Child child : children) {
            child.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        server.stop(0);
    }

    private synchronized String access() {
        return access;
    }

    private synchronized void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        tokenCalls++;
        if (!form.matches(".*\\brefresh_token=" + refresh + "(&.*)?")) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        refresh = "r-" + tokenCalls;
        access = "a-" + tokenCalls;
        beforeAnswer.run();
        answer(
                exchange,
                200,
                "{\"access_token\":\"" + access + "\",\"token_type\":\"bearer\",\"expires_in\":3600,"
                        + "\"refresh_token\":\"" + refresh + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A process and how to talk to it. */
    private record Child(Process process, BufferedReader out, Writer in) {

        void go(long secondsAhead) throws IOException {
            in.write(secondsAhead + "\n");
            in.flush();
        }

        String line() throws IOException {
            return String.valueOf(out.readLine());
        }
    }

    private Child child(String haltAt) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        TokenProcess.class.getName(),
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        home.resolve("credentials").toString(),
                        haltAt)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Child child = new Child(process, process.inputReader(), process.outputWriter());
        children.add(child);
        return child;
    }

    private static void requireReady(Child child) throws IOException {
        String line = child.line();
        while (!line.equals("ready") && !line.equals("null")) {
            line = child.line(); // what logging prints
        }
        assertThat(line).isEqualTo("ready");
    }

    private static String said(Child child) throws IOException {
        String line = child.line();
        while (!line.startsWith("[") && !line.contains("Required") && !line.contains("Error") && !line.equals("null")) {
            line = child.line();
        }
        return line;
    }

    @Test
    void fourProcessesThatShareATokenRenewItOnceForEachExpiry() throws IOException {
        for (int i = 0; i < 4; i++) {
            child("never");
        }
        for (Child child : children) {
            requireReady(child);
        }
        for (int expiry = 0; expiry < 4; expiry++) {
            for (Child child : children) {
                child.go(expiry * 3600L);
            }
            for (Child child : children) {
                assertThat(said(child)).isEqualTo("[200]");
            }
            assertThat(tokenCalls).isEqualTo(expiry + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "before the note, [200]",
        "after the note, [200]",
        "before the pair, rotation interrupted",
        "after the pair, [200]",
        "before the answer, rotation interrupted"
    })
    void aProcessThatIsHaltedMidwayLosesNoGrantButInTheDocumentedWindow(String step, String then) throws Exception {
        Child doomed = child(step);
        requireReady(doomed);
        if (step.equals("before the answer")) {
            beforeAnswer = () -> doomed.process.destroyForcibly().onExit().join();
        }
        doomed.go(0);
        assertThat(doomed.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        beforeAnswer = () -> {};

        int starts = then.startsWith("[") ? 1 : 2; // a grant that is lost stays lost
        for (int start = 0; start < starts; start++) {
            Child next = child("never");
            requireReady(next);
            next.go(0);
            assertThat(said(next)).contains(then);
        }
        assertThat(tokenCalls).isLessThanOrEqualTo(3); // one for each start at most: never a loop
    }
}
