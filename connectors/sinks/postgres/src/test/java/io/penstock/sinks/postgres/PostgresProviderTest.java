package io.penstock.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Config;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.sink.SinkRuntime;
import io.penstock.testkit.source.SettingsTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

final class PostgresProviderTest {

    private final PostgresProvider provider = new PostgresProvider();

    private void open(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("url", "postgres://localhost/shop", "user", "loader"));
        settings.put(setting, value);
        provider.open(
                        Config.of(provider.settings(), settings),
                        new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), Path.of(".")))
                .close();
    }

    @Test
    void theReadmeHasTheTableOfSettings() {
        SettingsTable.requireIn(Path.of("README.md"), provider.settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgres://db/shop", "postgresql://db.example.com:6432/my%20shop", "postgres://[::1]:5432/shop"
            })
    void anAddressNamesHostAndDatabase(String url) {
        open("url", url);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://me:hunter2@db/shop, user and password",
        "postgres://db/shop?sslmode=disable, sslmode",
        "mysql://db/shop, postgres://host:5432/database",
        "postgres://db, postgres://host:5432/database",
        "postgres://db/a/b, postgres://host:5432/database",
        "jdbc:postgresql://db/shop, postgres://host:5432/database",
    })
    void anythingElseIsRefusedWithAnExample(String url, String words) {
        assertThatThrownBy(() -> open("url", url))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"schema, pg_mine", "schema, ' '", "sslmode, require", "lock_timeout, soon"})
    void otherSettingsAreJudgedToo(String setting, String value) {
        assertThatThrownBy(() -> open(setting, value))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(setting);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, disable",
        "127.0.0.1, disable",
        "127.8.9.10, disable",
        "::1, disable",
        "10.0.0.5, verify-full",
        "db.example.com, verify-full",
        "localhost.example.com, verify-full",
    })
    void onlyLoopbackGoesWithoutTlsUnlessThePlanSaysSo(String host, String mode) {
        assertThat(server(host, Optional.empty(), Optional.empty()).mode()).isEqualTo(mode);
        assertThat(server(host, Optional.of("disable"), Optional.empty()).mode())
                .isEqualTo("disable");
        assertThat(server(host, Optional.empty(), Optional.of(Path.of("ca.pem")))
                        .mode())
                .as("who names a certificate wants it looked at")
                .isEqualTo("verify-full");
    }

    private static Server server(String host, Optional<String> mode, Optional<Path> certificate) {
        return new Server(
                new Server.Address(host, 5432, "shop"),
                "loader",
                Optional.empty(),
                mode,
                certificate,
                new Server.Waits(Duration.ofSeconds(1), Duration.ofSeconds(1), "test"));
    }
}
