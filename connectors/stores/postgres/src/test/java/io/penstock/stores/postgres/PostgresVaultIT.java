package io.penstock.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.Vault;
import io.penstock.store.VaultServer;
import io.penstock.testkit.vault.VaultContract;
import io.penstock.testkit.vault.VaultHooks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Against a real PostgreSQL, started for this run alone. Time budget: 60 s. */
class PostgresVaultIT implements VaultContract {

    private static EmbeddedPostgres server;
    private static VaultServer one;
    private static VaultServer other;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
        one = opened(Map.of());
        other = opened(Map.of());
    }

    private static VaultServer opened(Map<String, Object> more) {
        PostgresVaultProvider provider = new PostgresVaultProvider();
        Map<String, Object> raw = new java.util.HashMap<>(Map.of(
                "url", "postgresql://localhost:" + server.getPort() + "/postgres", "user", "postgres", "tls", false));
        raw.putAll(more);
        return provider.open(
                Config.of(provider.settings(), raw), Schedulers.parallel(), RandomGenerator.of("L64X128MixRandom"));
    }

    @AfterAll
    static void stop() throws IOException {
        one.close();
        other.close();
        server.close();
    }

    @Override
    public Vault here(Secret key) {
        return one.vault(key);
    }

    @Override
    public Vault there(Secret key) {
        return other.vault(key);
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void aTurnEndsWithTheConnectionOfItsProcess() throws SQLException {
        String name = "dying";
        Sinks.One<String> begun = Sinks.one();
        Disposable holding = here(KEY)
                .locks()
                .hold(name, Mono.defer(() -> {
                    begun.tryEmitValue("begun");
                    return Mono.never();
                }))
                .subscribe();
        begun.asMono().block(VaultHooks.LIMIT);

        sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");

        assertThat(there(KEY).locks().hold(name, Mono.just("mine")).block(VaultHooks.LIMIT))
                .isEqualTo("mine");
        holding.dispose();
    }

    @Test
    void closingGivesUpEveryTurn() {
        VaultServer third = opened(Map.of());
        Sinks.One<String> begun = Sinks.one();
        third.vault(KEY)
                .locks()
                .hold("closed", Mono.defer(() -> {
                    begun.tryEmitValue("begun");
                    return Mono.never();
                }))
                .subscribe();
        begun.asMono().block(VaultHooks.LIMIT);

        third.close();

        assertThat(there(KEY).locks().hold("closed", Mono.just("mine")).block(VaultHooks.LIMIT))
                .isEqualTo("mine");
        assertThatThrownBy(() -> third.vault(KEY).entries().read("closed").block(VaultHooks.LIMIT))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void whatIsKeptIsEncryptedInTheTable() throws SQLException {
        here(KEY).entries().replace("plain", 0, "refresh-canary".getBytes()).block(VaultHooks.LIMIT);

        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT encode(content, 'escape') FROM penstock_credentials")) {
            int found = 0;
            while (rows.next()) {
                found++;
                assertThat(rows.getString(1)).doesNotContain("refresh-canary");
            }
            assertThat(found).isPositive();
        }
    }

    @Test
    void aUserWhoMayNotCreateTablesUsesOneThatIsThere() throws SQLException {
        sql(
                "CREATE SCHEMA vault",
                "CREATE TABLE vault.tokens (name text PRIMARY KEY, revision bigint NOT NULL, content bytea NOT NULL,"
                        + " changed_at timestamptz NOT NULL DEFAULT now())",
                "CREATE USER small PASSWORD 'sm4ll-canary'",
                "GRANT USAGE ON SCHEMA vault TO small",
                "GRANT SELECT, INSERT, UPDATE ON vault.tokens TO small");
        try (VaultServer small = opened(Map.of("user", "small", "table", "vault.tokens"))) {
            Vault vault = small.vault(KEY);

            assertThat(vault.entries().replace("a", 0, new byte[] {1}).block(VaultHooks.LIMIT))
                    .isEqualTo(1);
            assertThat(vault.entries().replace("a", 1, new byte[] {2}).block(VaultHooks.LIMIT))
                    .isEqualTo(2);
        }
        try (VaultServer small = opened(Map.of("user", "small"))) {
            assertThatThrownBy(() -> small.vault(KEY).entries().read("a").block(VaultHooks.LIMIT))
                    .isInstanceOf(StateCorrupt.class)
                    .hasMessageContaining("42501")
                    .hasMessageContaining("grant the user");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsToldWithWhatMendsIt() {
        PostgresVaultProvider provider = new PostgresVaultProvider();
        try (VaultServer nobody = provider.open(
                Config.of(
                        provider.settings(),
                        Map.of("url", "postgresql://localhost:1/postgres", "user", "nobody", "tls", false)),
                Schedulers.parallel(),
                RandomGenerator.of("L64X128MixRandom"))) {
            assertThatThrownBy(() -> nobody.vault(KEY).entries().read("a").block(VaultHooks.LIMIT))
                    .isInstanceOf(StateCorrupt.class)
                    .hasMessageContaining("check that the server can be reached");
            assertThatThrownBy(() -> nobody.vault(KEY)
                            .locks()
                            .hold("a", Mono.just("never"))
                            .block(VaultHooks.LIMIT))
                    .isInstanceOf(StateCorrupt.class);
        }
    }

    @Test
    void withTlsAServerThatSpeaksNoneIsRefused() {
        try (VaultServer strict = opened(Map.of("tls", true))) {
            assertThatThrownBy(() -> strict.vault(KEY).entries().read("a").block(VaultHooks.LIMIT))
                    .isInstanceOf(StateCorrupt.class)
                    .hasMessageContaining("tls");
        }
    }

    @Test
    void unfitSettingsAreRefused() {
        assertThatThrownBy(() -> opened(Map.of("url", "postgresql://me:pw-canary@localhost/db")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("without user, password")
                .hasMessageNotContaining("pw-canary");
        assertThatThrownBy(() -> opened(Map.of("table", "a; DROP TABLE b")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("expected a table");
    }
}
