package io.penstock.cli;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.penstock.cli.view.RedactingEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * I10: no secret leaves by any path but the request it belongs to. Fourteen of them go through success and every failure that can be
 * caused from outside, with all loggers at the finest level; then everything that was left behind is searched for them. Budget: 60 s.
 */
final class CanariesIT {

    private static final List<String> KINDS = List.of("good", "deny", "reject", "html", "broken", "away", "echo");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final WireMockServer untrusted =
            new WireMockServer(options().dynamicPort().dynamicHttpsPort());
    private final Canaries canaries = new Canaries();
    private final CanaryWorld world = new CanaryWorld(canaries);
    private final Map<String, String> left = new LinkedHashMap<>();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final ByteArrayOutputStream unguarded = new ByteArrayOutputStream();
    private final Map<Logger, Level> levels = new LinkedHashMap<>();
    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void plant() throws IOException {
        untrusted.start();
        terminal = new Terminal(folder.resolve("plans"))
                .with("CANARY_BEARER", canaries.of("bearer"))
                .with("CANARY_QUERY", canaries.of("query-key"))
                .with("CANARY_TEXT", canaries.of("header-text"))
                .with("CANARY_SECRET_ID", canaries.of("vault-secret-id"))
                .with("CANARY_AWS_ID", canaries.of("aws-access-key"))
                .with("CANARY_AWS_KEY", canaries.of("aws-secret-key"))
                .with("CANARY_AWS_TOKEN", canaries.of("aws-session-token"));
        for (Path file : List.of(
                terminal.write("password", canaries.of("password") + "\n"),
                terminal.write(".env", "CANARY_HEADER='" + canaries.of("header-key") + "'\n"))) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender("guarded", new RedactingEncoder(), logged));
        root.addAppender(appender("unguarded", new PatternLayoutEncoder(), unguarded));
        for (Logger logger : context.getLoggerList()) {
            levels.put(logger, logger.getLevel());
            logger.setLevel(logger == root ? Level.TRACE : null);
        }
        root.detachAppender("stderr");
    }

    private static OutputStreamAppender<ILoggingEvent> appender(
            String name, PatternLayoutEncoder encoder, ByteArrayOutputStream into) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        encoder.setContext(context);
        encoder.setPattern("%level %thread %logger %mdc %msg%n%ex{full}");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setEncoder(encoder);
        appender.setOutputStream(into);
        appender.start();
        return appender;
    }

    @AfterEach
    void clear() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAppender("guarded");
        root.detachAppender("unguarded");
        levels.forEach(Logger::setLevel);
        untrusted.stop();
        world.close();
    }

    private void run(String what, String... arguments) {
        Terminal.Result result = terminal.run(arguments);
        left.put(what + " stdout", result.out());
        left.put(what + " stderr", result.err());
        left.put(
                what + " threads",
                Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                        .map(Object::toString)
                        .collect(Collectors.joining()));
    }

    private void everyCommand(String kind, String base) {
        terminal.write("plan.yaml", world.plan(base, kind));
        run(kind + " check", "check", "plan.yaml");
        run(kind + " check --json", "check", "plan.yaml", "--json");
        run(kind + " dry run", "run", "plan.yaml", "--dry-run");
        run(kind + " preview", "preview", "plan.yaml", "bearer/things");
        run(kind + " preview --json", "preview", "plan.yaml", "query/things", "--json");
    }

    private List<String> search() {
        Map<String, String> everything = new LinkedHashMap<>(left);
        everything.put("log", logged.toString(StandardCharsets.UTF_8));
        Canaries.files(folder).forEach((name, text) -> {
            boolean own = name.equals("plans/password") || name.equals("plans/.env");
            everything.put(name, own ? "" : text);
        });
        return canaries.hits(everything);
    }

    @Test
    void noneOfFourteenLeavesAndADeliberateLeakIsFound() throws IOException {
        for (String kind : KINDS) {
            everyCommand(kind, world.base());
            if (!kind.equals("echo")) { // whose records are data, which a sink gets as they are
                run(kind + " run", "run", "plan.yaml", "--json");
            }
        }
        world.rotate();
        everyCommand("good", world.base());
        run("rotated run", "run", "plan.yaml", "--full-refresh", "--json");
        everyCommand("tls", "https://127.0.0.1:" + untrusted.httpsPort());
        run("tls run", "run", "plan.yaml", "--json", "--debug");
        terminal.write("plan.yaml", world.plan(world.base(), "good").replace("connector: jsonl", "conector: jsonl"));
        run("bad plan", "run", "plan.yaml");
        terminal.write(
                "plan.yaml",
                world.plan(world.base(), "good")
                        .replace("\"${env:CANARY_BEARER}\"", "\"" + canaries.of("bearer") + "\""));
        run("literal", "run", "plan.yaml", "--json");
        terminal.write("plan.yaml", "gone");

        assertThat(canaries.count()).isEqualTo(14);
        assertThat(left.get("good run stdout")).contains("\"exit_code\":0");
        assertThat(left.get("rotated run stdout")).contains("\"exit_code\":0");
        assertThat(left.get("deny run stderr")).contains("AuthError");
        assertThat(left.get("tls run stderr")).contains("TlsError");
        assertThat(logged.size()).isGreaterThan(100_000);
        assertThat(search()).isEmpty();

        assertThat(canaries.hits(Map.of("log", unguarded.toString(StandardCharsets.UTF_8))))
                .describedAs("what the loggers were told, without the last step")
                .isNotEmpty();
        byte[] leak = ("ab" + canaries.of("aws-value")).getBytes(StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("leak.json"), "{\"x\":\"" + Base64.getEncoder().encodeToString(leak) + "\"}");
        assertThat(search()).isNotEmpty().allMatch(hit -> hit.startsWith("leak.json: aws-value (base64"));
    }
}
