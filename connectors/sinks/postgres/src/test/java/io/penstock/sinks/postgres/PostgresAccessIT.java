package io.penstock.sinks.postgres;

import static io.penstock.testkit.sink.SinkRun.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.TlsError;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

/** Who may come in, over which connection, and what is said to those who may not. */
final class PostgresAccessIT {

    private static final String PASSWORD = "correct-horse-7391";

    @TempDir
    static Path directory;

    private static SecuredServer secured;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException, SQLException {
        secured = SecuredServer.start(directory);
        try (Connection connection = TestServer.connect(secured.server().getPort());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE loader LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE ROLE crowded LOGIN PASSWORD '" + PASSWORD + "' CONNECTION LIMIT 0");
            statement.execute("CREATE SCHEMA raw AUTHORIZATION loader");
            statement.execute("CREATE SCHEMA others");
            statement.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        secured.close();
    }

    private static Sink open(Map<String, Object> more) {
        PostgresProvider provider = new PostgresProvider();
        Map<String, Object> settings = new HashMap<>();
        settings.put("url", "postgres://localhost:" + secured.server().getPort() + "/postgres");
        settings.put("user", "loader");
        settings.put("password", Secret.of(PASSWORD));
        settings.put("schema", "raw");
        settings.put("sslrootcert", secured.certificate().toString());
        settings.putAll(more);
        settings.values().removeIf(""::equals);
        return provider.open(
                Config.of(provider.settings(), settings),
                new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), directory));
    }

    private static void requireRefusal(
            Map<String, Object> more, Class<? extends PenstockException> kind, String... words) {
        try (Sink sink = open(more)) {
            assertThatThrownBy(() -> await(sink.check()))
                    .isInstanceOf(kind)
                    .hasMessageContainingAll(words)
                    .hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void aServerWhoseCertificateIsTrustedIsWrittenOverTls() {
        StreamInfo stream = StreamInfo.of(StreamId.of("shop", "customers"));
        try (Sink checked = open(Map.of())) {
            await(checked.check());
        }
        try (SinkRun run = SinkRun.of(open(Map.of()), stream)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            assertThat(await(run.sink().rows(stream.id()))).isEqualTo(1L);
        }
    }

    @Test
    void aCertificateThatNobodyKnowsIsTlsError() {
        requireRefusal(Map.of("sslrootcert", "", "sslmode", "verify-full"), TlsError.class, "sslrootcert");
    }

    @Test
    void aCertificateForAnotherHostIsTlsError() {
        String address = "postgres://127.0.0.1:" + secured.server().getPort() + "/postgres";
        requireRefusal(Map.of("url", address), TlsError.class, "127.0.0.1");
        try (Sink sink = open(Map.of("url", address, "sslmode", "verify-ca"))) {
            await(sink.check());
        }
    }

    @Test
    void aServerWithoutTlsIsTlsErrorUnlessThePlanSaysOtherwise() {
        String address = "postgres://localhost:" + TestServer.port() + "/postgres";
        requireRefusal(
                Map.of("url", address, "user", "postgres", "sslmode", "verify-full"),
                TlsError.class,
                "sslmode: disable");
        try (Sink sink = open(Map.of("url", address, "user", "postgres", "sslmode", "disable"))) {
            await(sink.check());
        }
    }

    @Test
    void aMissingRootCertificateIsNamed() {
        requireRefusal(Map.of("sslrootcert", "nothing.pem"), ConfigError.class, "nothing.pem", "sslrootcert");
    }

    @Test
    void aWrongPasswordIsAuthError() {
        requireRefusal(Map.of("password", Secret.of("wrong")), AuthError.class, "loader", "password");
        requireRefusal(Map.of("password", ""), AuthError.class, "loader", "password");
    }

    @Test
    void aServerThatWantsTlsAndGetsNoneIsAuthErrorWithItsWords() {
        requireRefusal(Map.of("sslmode", "disable"), AuthError.class, "pg_hba.conf");
    }

    @Test
    void anUnknownDatabaseIsConfigError() {
        String address = "postgres://localhost:" + secured.server().getPort() + "/nowhere";
        requireRefusal(Map.of("url", address), ConfigError.class, "no database nowhere");
    }

    @Test
    void anUnknownHostIsConfigError() {
        requireRefusal(Map.of("url", "postgres://nowhere.invalid/db"), ConfigError.class, "nowhere.invalid");
    }

    @Test
    void aServerThatIsNotThereMayComeBack() {
        requireRefusal(Map.of("url", "postgres://localhost:1/db"), SinkTransient.class, "see that the server runs");
    }

    @Test
    void tooManyConnectionsMayBecomeFewer() {
        requireRefusal(Map.of("user", "crowded"), SinkTransient.class, "max_connections");
    }

    @Test
    void aSchemaOfOthersIsAuthErrorWithWhatToGrant() {
        requireRefusal(Map.of("schema", "others"), AuthError.class, "schema others", "GRANT");
        requireRefusal(Map.of("schema", "fresh"), AuthError.class, "schema fresh", "GRANT");
        try (Sink sink = open(Map.of("schema", "others"))) {
            assertThatThrownBy(() ->
                            await(sink.claim(StreamId.of("shop", "customers").connection())))
                    .isInstanceOf(AuthError.class)
                    .hasMessageContaining("GRANT");
        }
    }

    @Test
    void aDatabaseThatCannotHoldEveryTextIsConfigError() {
        String address = "postgres://localhost:" + secured.server().getPort() + "/latin";
        requireRefusal(Map.of("url", address), ConfigError.class, "LATIN1", "UTF8");
    }
}
