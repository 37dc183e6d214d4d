package io.penstock.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.client.ApiClient;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.redact.Redaction;
import io.penstock.runner.secrets.Keyring;
import io.penstock.runner.secrets.Variables;
import io.penstock.secret.SecretRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

class OriginsTest {

    private static final String YAML = """
            connections:
              shop:
                source: { connector: letters, base_url: "${env:BASE:-http://127.0.0.1:8080}", token: "${env:SHOP_TOKEN}" }
                limits: { requests: 100/s, concurrency: 8 }
                sink: { connector: drawer, path: shop.db }
            profiles:
              production:
                connections:
                  shop:
                    source: { token: "${env:BIG_TOKEN}" }
                    sink: { path: "${env:WHERE}" }
              bare:
                connections: { shop: { limits: null } }
            """;

    @TempDir
    Path folder;

    private Plan plan(String profile) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), YAML);
        Files.writeString(folder.resolve(".env"), "SHOP_TOKEN=tok-en-of-the-shop\nWHERE=big-place.db\n");
        Redaction redaction = Redaction.empty();
        Keyring keyring = Keyring.of(
                Variables.beside(folder, Map.of("BIG_TOKEN", "tok-en-of-the-big")),
                redaction,
                new SecretRuntime(base -> ApiClient.at(base.toString()), Schedulers.parallel(), redaction::learn));
        return Plan.load(file, Optional.of(profile).filter(name -> !name.isEmpty()), PlanFixtures.CATALOGUE, keyring);
    }

    private static String from(Plan plan, String path) {
        return plan.origins().stream()
                .filter(origin -> origin.path().equals(path))
                .map(Origin::from)
                .reduce((one, other) -> one + " and " + other)
                .orElse("nowhere");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                       | connections.shop.source.connector   | plan line 3
                       | connections.shop.source.base_url    | plan line 3, BASE from its default
                       | connections.shop.source.token       | plan line 3, SHOP_TOKEN from .env line 1
                       | connections.shop.limits.concurrency | plan line 4
                       | connections.shop.sink.path          | plan line 5
            production | connections.shop.source.token       | profile production line 10, BIG_TOKEN from environment
            production | connections.shop.sink.path          | profile production line 11, WHERE from .env line 2
            production | connections.shop.limits.concurrency | plan line 4
            bare       | connections.shop.limits.concurrency | nowhere
            bare       | connections.shop.sink.path          | plan line 5
            """)
    void tellsWhoHasSaidAValue(String profile, String path, String from) throws IOException {
        assertThat(from(plan(profile == null ? "" : profile), path)).isEqualTo(from);
    }

    @Test
    void showsReferencesAndNeverWhatTheyReferTo() throws IOException {
        Plan plan = plan("production");
        assertThat(plan.origins().toString())
                .contains("${env:BIG_TOKEN}")
                .doesNotContain("tok-en-of")
                .doesNotContain("big-place");
    }

    @Test
    void anUnknownProfileIsNamedWithTheNearestOne() {
        assertThatThrownBy(() -> plan("prodction"))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("there is no profile prodction: did you mean production?");
    }
}
