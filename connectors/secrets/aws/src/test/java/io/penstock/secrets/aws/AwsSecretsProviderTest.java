package io.penstock.secrets.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.secret.SecretStoreProvider;
import io.penstock.testkit.source.SettingsTable;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AwsSecretsProviderTest {

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SecretStoreProvider.class))
                .hasAtLeastOneElementOfType(AwsSecretsProvider.class)
                .allSatisfy(provider -> assertThat(provider.summary()).contains("${" + provider.scheme() + ":"));
    }

    @Test
    void itsReadmeHoldsTheTableOfItsSettings() {
        SettingsTable.requireIn(Path.of("README.md"), new AwsSecretsProvider().settings());
    }
}
