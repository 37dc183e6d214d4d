package io.penstock.sinks.postgres;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes sinks that write tables of a PostgreSQL database. */
public final class PostgresProvider implements SinkProvider {

    private static final int USUAL_PORT = 5432;
    private static final String EXAMPLE = "expected an address such as postgres://host:5432/database, found ";

    /** The database. */
    static final Setting<URI> URL = Setting.required(
            "url",
            "The database, as postgres://host:port/database; user and password are settings of their own.",
            Types.parsed("address such as postgres://host:5432/database", PostgresProvider::url));

    /** Who we are. */
    static final Setting<String> USER =
            Setting.required("user", "The user; needs the right to create tables in the schema.", Types.text());

    /** What proves it. */
    static final Setting<Secret> PASSWORD =
            Setting.optional("password", "The user's password, if the server asks for one.", Types.secret());

    /** The schema of the tables. */
    static final Setting<String> SCHEMA =
            Setting.of("schema", "The schema of the tables; made if it is missing.", Types.text(), "public");

    /** How the server proves who it is. */
    static final Setting<String> SSL_MODE = Setting.optional(
            "sslmode",
            "verify-full checks certificate and host name, verify-ca the certificate only, disable sends everything in the"
                    + " open. Without it, verify-full; disable for a server on loopback.",
            Types.parsed("one of verify-full, verify-ca, disable", PostgresProvider::sslMode));

    /** Whom to believe. */
    static final Setting<String> ROOT_CERTIFICATE = Setting.optional(
            "sslrootcert",
            "File with the certificates to trust, in PEM; without it, those of the Java runtime.",
            Types.text());

    /** What the server shows of us. */
    static final Setting<String> APPLICATION_NAME = Setting.of(
            "application_name", "The name under which the server lists our sessions.", Types.text(), "penstock");

    /** How long to wait for others. */
    static final Setting<Duration> LOCK_TIMEOUT = Setting.of(
            "lock_timeout",
            "The longest wait for a lock that others hold on a table; then the commit is tried again.",
            Types.duration(),
            "30s");

    /** How long a statement may take. */
    static final Setting<Duration> STATEMENT_TIMEOUT =
            Setting.of("statement_timeout", "The longest time of one statement.", Types.duration(), "10m");

    /** Where lines wait. */
    static final Setting<String> SPOOL = Setting.optional(
            "spool",
            "Directory for lines that wait for their commit; without it, the system's for temporary files.",
            Types.text());

    /** For {@link java.util.ServiceLoader}. */
    public PostgresProvider() {}

    private static URI url(String text) {
        if (text.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "an address must not hold a user name or password: use user and password");
        }
        if (text.indexOf('?') >= 0) {
            throw new IllegalArgumentException("an address has no parameters: sslmode and the like are settings");
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException(EXAMPLE + "'" + text + "': " + unreadable.getReason(), unreadable);
        }
        boolean known = url.getScheme() != null && url.getScheme().matches("postgres|postgresql");
        boolean named = url.getPath() != null && url.getPath().matches("/[^/]+");
        if (!known || url.getHost() == null || !named) {
            throw new IllegalArgumentException(EXAMPLE + "'" + text + "'");
        }
        return url;
    }

    private static String sslMode(String text) {
        if (!List.of("verify-full", "verify-ca", "disable").contains(text)) {
            throw new IllegalArgumentException("expected one of verify-full, verify-ca, disable, found '" + text + "'");
        }
        return text;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "typed tables in a PostgreSQL database, exactly once";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                URL,
                USER,
                PASSWORD,
                SCHEMA,
                SSL_MODE,
                ROOT_CERTIFICATE,
                APPLICATION_NAME,
                LOCK_TIMEOUT,
                STATEMENT_TIMEOUT,
                SPOOL);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        String schema = config.value(SCHEMA);
        if (schema.isBlank()
                || schema.startsWith("pg_")
                || !Sql.fitting(schema, taken -> false).equals(schema)) {
            throw new ConfigError(
                    "schema: expected a name of at most 63 bytes that does not begin with pg_, found '" + schema + "'");
        }
        Path directory = runtime.directory();
        Server server = new Server(
                address(config.value(URL)),
                config.value(USER),
                config.optional(PASSWORD),
                config.optional(SSL_MODE),
                config.optional(ROOT_CERTIFICATE)
                        .map(file -> directory.resolve(file).toAbsolutePath()),
                new Server.Waits(
                        config.value(LOCK_TIMEOUT), config.value(STATEMENT_TIMEOUT), config.value(APPLICATION_NAME)));
        Path spool = directory.resolve(config.optional(SPOOL).orElse(System.getProperty("java.io.tmpdir")));
        return new PostgresSink(server, new SchemaWriter(server, schema, spool.toAbsolutePath()));
    }

    private static Server.Address address(URI url) {
        String host = url.getHost().replaceAll("^\\[|]$", "");
        return new Server.Address(
                host,
                url.getPort() < 0 ? USUAL_PORT : url.getPort(),
                url.getPath().substring(1));
    }
}
