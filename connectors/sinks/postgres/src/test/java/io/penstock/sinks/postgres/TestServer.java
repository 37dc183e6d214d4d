package io.penstock.sinks.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/** A real PostgreSQL, started once for the tests of this module; processes that the tests start find it. */
final class TestServer {

    private static final TestServer SHARED = new TestServer();

    private final int port;

    private TestServer() {
        Path parents =
                note(ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L));
        port = Files.exists(parents) ? read(parents) : start();
    }

    static int port() {
        return SHARED.port;
    }

    /** Where a process tells those that it starts. */
    private static Path note(long pid) {
        return Path.of(System.getProperty("user.dir"), "target", "postgres-" + pid + ".port");
    }

    private static int read(Path note) {
        try {
            return Integer.parseInt(Files.readString(note));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int start() {
        try {
            EmbeddedPostgres server = embedded().start();
            Path note = note(ProcessHandle.current().pid());
            Files.createDirectories(Objects.requireNonNull(note.getParent()));
            Files.writeString(note, Integer.toString(server.getPort()));
            note.toFile().deleteOnExit();
            return server.getPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A server that answers soon and need not outlive the machine. */
    static EmbeddedPostgres.Builder embedded() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "off")
                .setServerConfig("deadlock_timeout", "200ms")
                .setServerConfig("max_connections", "60")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("timezone", "America/Caracas");
    }

    static Connection connect() throws SQLException {
        return connect(port());
    }

    static Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        return Objects.requireNonNull(
                new Driver().connect("jdbc:postgresql://localhost:" + port + "/postgres", properties));
    }
}
