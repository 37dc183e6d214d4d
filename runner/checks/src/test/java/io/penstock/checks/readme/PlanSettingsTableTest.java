package io.penstock.checks.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cache.MemoryCacheProvider;
import io.penstock.caches.redis.RedisCacheProvider;
import io.penstock.checks.architecture.Product;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.runner.caching.PlannedCache;
import io.penstock.runner.limits.Limits;
import io.penstock.runner.vault.PlannedVault;
import io.penstock.stores.postgres.PostgresVaultProvider;
import io.penstock.testkit.model.ModelApi;
import io.penstock.testkit.source.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages say of the parts of a plan that no connector declares. */
class PlanSettingsTableTest {

    private static final Path RUNNER = Product.root().resolve("runner/README.md");

    @Test
    void theRunnersPageHasTheTableOfTheSettingsOfAConnection() {
        List<Setting<?>> inMemory = new ArrayList<>(PlannedCache.settings());
        inMemory.addAll(new MemoryCacheProvider().settings());
        Setting<Config> cache = Setting.optional(
                "cache",
                "Keeps answers of the API and asks whether they still hold. None by default.",
                Types.object(inMemory, config -> config));
        SettingsTable.requireIn(RUNNER, List.of(Limits.setting(), cache));
    }

    @Test
    void thePageOfTheCacheInRedisHasItsTable() {
        SettingsTable.requireIn(
                Product.root().resolve("connectors/caches/redis/README.md"), new RedisCacheProvider().settings());
    }

    @Test
    void thePageOfTheCredentialsInPostgresHasItsTable() {
        List<Setting<?>> all = new ArrayList<>(PlannedVault.settings());
        all.addAll(new PostgresVaultProvider().settings());
        SettingsTable.requireIn(Product.root().resolve("connectors/stores/postgres/README.md"), all);
    }

    @Test
    void thePlanOfTheRunnersPageRuns(@TempDir Path folder) throws IOException {
        String plan = Page.of(RUNNER).blocks("yaml").get(0);
        try (ModelApi api = ModelApi.builder().records(300).seed(7).build().start()) {
            Path file = Files.writeString(
                    folder.resolve("plan.yaml"), plan.replace("http://127.0.0.1:8080", api.baseUrl()));

            String said = CommandLineRun.says(Map.of("SHOP_TOKEN", "demo-token"), "run", file.toString(), "--json");

            assertThat(said).contains("\"exit_code\":0", "Budget " + api.baseUrl() + " orders: ", "Cache of shop: ");
        }
    }
}
