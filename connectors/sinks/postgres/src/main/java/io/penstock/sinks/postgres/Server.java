package io.penstock.sinks.postgres;

import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where the database is, and how to come in. Immutable.
 *
 * @param sslMode {@code verify-full}, {@code verify-ca} or {@code disable}; empty for the first, or the last on loopback
 * @param rootCertificate the certificates to trust; empty for those of the Java runtime
 */
record Server(
        Address address,
        String user,
        Optional<Secret> password,
        Optional<String> sslMode,
        Optional<Path> rootCertificate,
        Waits waits) {

    private static final int CONNECT_SECONDS = 10;
    private static final int SPARE_SECONDS = 30;
    private static final int IDLE_TIMEOUT_SINCE = 14;

    /** A database on a host. */
    record Address(String host, int port, String database) {

        private String place() {
            String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            return "//" + shown + ":" + port + "/" + encoded(database);
        }

        /** For people: without user and password. */
        @Override
        public String toString() {
            return "postgres:" + place();
        }
    }

    /** How long we wait for locks and for one statement, and under which name the server knows us. */
    record Waits(Duration lock, Duration statement, String applicationName) {}

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Opens a connection with our settings; blocks for ten seconds at most while nobody answers. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        password.ifPresent(secret -> secret.reveal(text -> properties.setProperty("password", text)));
        properties.setProperty("ApplicationName", waits.applicationName());
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Long.toString(waits.statement().toSeconds() + SPARE_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", "disable");
        secure(properties);
        // The driver itself: DriverManager would ask every driver of the process, under one lock.
        Connection connection =
                Objects.requireNonNull(new Driver().connect("jdbc:postgresql:" + address.place(), properties));
        try {
            prepare(connection);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private void secure(Properties properties) {
        String mode = mode();
        properties.setProperty("sslmode", mode);
        if (mode.equals("disable")) {
            return;
        }
        if (rootCertificate.isPresent()) {
            Path file = rootCertificate.get();
            if (!Files.isReadable(file)) {
                throw new ConfigError("sslrootcert: expected a readable file with certificates in PEM at " + file
                        + ": correct the path or its permissions");
            }
            properties.setProperty("sslrootcert", file.toString());
        } else {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    /** Verified, unless the plan says otherwise or the packets never leave this machine. */
    String mode() {
        return sslMode.orElseGet(() -> isLoopback() && rootCertificate.isEmpty() ? "disable" : "verify-full");
    }

    /** Only what is loopback by itself: a name that a server resolves might be moved elsewhere. */
    private boolean isLoopback() {
        String host = address.host();
        if (host.equals("localhost")) {
            return true;
        }
        boolean literal = host.matches("[0-9.]+") || host.indexOf(':') >= 0;
        InetAddress parsed = literal ? parsed(host) : null;
        return parsed != null && parsed.isLoopbackAddress();
    }

    private static @Nullable InetAddress parsed(String host) {
        try {
            return InetAddress.getByName(host); // a literal: nobody is asked
        } catch (UnknownHostException noLiteral) {
            return null;
        }
    }

    private void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseMajorVersion() >= IDLE_TIMEOUT_SINCE) {
                statement.execute("SET idle_session_timeout = 0"); // the session that holds the lock does nothing else
            }
            statement.execute("SET TimeZone = 'UTC'; SET lock_timeout = "
                    + waits.lock().toMillis()
                    + "; SET statement_timeout = " + waits.statement().toMillis()
                    + "; SET idle_in_transaction_session_timeout = "
                    + waits.statement().toMillis()
                    // A client whose machine died is found out within half a minute, and its locks are given back.
                    + "; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
        }
    }

    /**
     * Proves that a connection leads to a server that takes every text and may be written.
     *
     * @throws ConfigError naming what it is instead
     */
    void requireWritable(Session session) throws SQLException {
        String encoding =
                session.query("SHOW server_encoding", row -> row.getString(1)).get(0);
        if (!encoding.equals("UTF8")) {
            throw new ConfigError("expected the database " + address + " to be encoded in UTF8, found " + encoding
                    + ": create one WITH ENCODING 'UTF8'");
        }
        if (session.query("SELECT pg_is_in_recovery()", row -> row.getBoolean(1))
                .get(0)) {
            throw new ConfigError(
                    "the server " + address + " is a standby, which cannot be written: name the primary server");
        }
    }
}
