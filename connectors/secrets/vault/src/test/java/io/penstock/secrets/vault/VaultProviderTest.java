package io.penstock.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.secret.SecretStoreProvider;
import io.penstock.testkit.source.SettingsTable;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VaultProviderTest {

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SecretStoreProvider.class))
                .hasAtLeastOneElementOfType(VaultProvider.class)
                .allSatisfy(provider -> assertThat(provider.summary()).contains("${" + provider.scheme() + ":"));
    }

    @Test
    void itsReadmeHoldsTheTableOfItsSettings() {
        SettingsTable.requireIn(Path.of("README.md"), new VaultProvider().settings());
    }
}
