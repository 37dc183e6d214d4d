package io.penstock.connectors.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.StreamId;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.testkit.source.SettingsTable;
import io.penstock.testkit.source.SourceRig;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ReferenceProviderTest {

    private static final Map<String, String> SECRETS = Map.of("A", "a", "B", "b");

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(SourceProvider.class)).hasAtLeastOneElementOfType(ReferenceProvider.class);
    }

    @Test
    void theReadmeShowsTheSettings() {
        SettingsTable.requireIn(Path.of("README.md"), new ReferenceProvider().settings());
    }

    @Test
    void twoCredentialsAreRefused() {
        refuses(Map.of("token", "${env:A}", "api_key", "${env:B}"), "exclude each other");
        refuses(Map.of("token", "${env:A}", "user", "me", "password", "${env:B}"), "exclude each other");
    }

    @Test
    void halfACredentialIsRefused() {
        refuses(Map.of("user", "me"), "user and password go together");
        refuses(Map.of("password", "${env:A}"), "user and password go together");
    }

    @Test
    void aStartIsADateOrATime() {
        try (SourceRig rig = new SourceRig();
                Source source = rig.open(new ReferenceProvider(), Map.of("base_url", "http://127.0.0.1:1"))) {
            StreamId orders = new StreamId(SourceRig.CONNECTION, "orders");
            assertThat(source.startingAt(orders, "2026-01-01")).isPresent();
            assertThat(source.startingAt(orders, "2026-01-01T08:00:00+02:00")).isPresent();
            assertThatThrownBy(() -> source.startingAt(orders, "yesterday"))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("2026-01-01T08:00:00Z");
        }
    }

    private static void refuses(Map<String, String> credentials, String message) {
        Map<String, Object> settings = new java.util.HashMap<>(credentials);
        settings.put("base_url", "http://127.0.0.1:1");
        try (SourceRig rig = new SourceRig()) {
            assertThatThrownBy(() -> rig.open(new ReferenceProvider(), settings, SECRETS))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining(message);
        }
    }
}
