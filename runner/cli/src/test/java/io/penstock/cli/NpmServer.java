package io.penstock.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** A server from the npm registry on a free port of loopback; needs Node.js, without which a test is skipped. */
final class NpmServer implements AutoCloseable {

    private static final Path ROOT = Path.of("target", "npm").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private NpmServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Installs what {@code manifest} (a package.json) names, once; skips the test if that cannot be done here. */
    static Path install(String name, String manifest) {
        Path folder = ROOT.resolve(name);
        Path installed = folder.resolve("installed");
        try {
            assumeTrue(runs("node", "--version"), "Node.js is not here, so no server that others wrote is read");
            assumeTrue(runs("npm", "--version"), "npm is not here, so no server that others wrote is read");
            if (!Files.exists(installed)) {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve("package.json"), manifest);
                assumeTrue(
                        run(
                                List.of("npm", "install", "--prefix", folder.toString(), "--no-audit", "--no-fund"),
                                folder,
                                240),
                        "npm cannot install " + name + " here, see " + folder.resolve("log"));
                Files.createFile(installed);
            }
            return folder;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Starts a program that was installed; {@code PORT} in the arguments is the port, and {@code ready} a path that answers. */
    static NpmServer start(Path folder, String program, List<String> arguments, String ready) {
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of("node", folder.resolve("node_modules/.bin/" + program).toString()));
        arguments.forEach(argument -> command.add(argument.replace("PORT", Integer.toString(port))));
        NpmServer server;
        try {
            server = new NpmServer(logging(command, folder).start(), port);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        try {
            server.awaitAnswer(ready);
            return server;
        } catch (RuntimeException never) {
            server.close();
            throw never;
        }
    }

    private void awaitAnswer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        Mono.fromFuture(() -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .retryWhen(Retry.fixedDelay(300, Duration.ofMillis(200)).filter(failure -> process.isAlive()))
                .block(Duration.ofSeconds(90));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void put(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        Mono.fromFuture(() -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .filter(answer -> answer.statusCode() < 300)
                .single()
                .block(Duration.ofSeconds(20));
    }

    private static boolean runs(String... command) throws IOException {
        Files.createDirectories(ROOT);
        return run(List.of(command), ROOT, 30);
    }

    private static boolean run(List<String> command, Path folder, int seconds) {
        try {
            Process started = logging(command, folder).start();
            boolean ended = started.waitFor(seconds, TimeUnit.SECONDS);
            started.destroyForcibly();
            return ended && started.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProcessBuilder logging(List<String> command, Path folder) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
