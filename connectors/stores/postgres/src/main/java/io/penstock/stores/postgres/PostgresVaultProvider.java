package io.penstock.stores.postgres;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.store.VaultProvider;
import io.penstock.store.VaultServer;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/** Keeps credentials in a PostgreSQL database. */
public final class PostgresVaultProvider implements VaultProvider {

    private static final Setting<String> URL = Setting.required(
            "url",
            "Where PostgreSQL answers, such as postgresql://db.example.com:5432/penstock; without user and password.",
            Types.text());
    private static final Setting<String> USER = Setting.required("user", "Who logs in.", Types.text());
    private static final Setting<Secret> PASSWORD =
            Setting.optional("password", "The password, as a reference such as ${env:PGPASSWORD}.", Types.secret());
    private static final Setting<Boolean> TLS = Setting.of(
            "tls",
            "Speaks TLS and verifies the server's name; false for a server on this machine.",
            Types.bool(),
            true);
    private static final Setting<String> AUTHORITY = Setting.optional(
            "ca", "A PEM file of the authorities to trust; by default those that Java trusts.", Types.text());
    private static final Setting<String> TABLE =
            Setting.of("table", "The table, which is made if it is not there.", Types.text(), PostgresVault.TABLE);

    /** For the service loader. */
    public PostgresVaultProvider() {}

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String summary() {
        return "A table in PostgreSQL, shared by all processes that name it";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(URL, USER, PASSWORD, TLS, AUTHORITY, TABLE);
    }

    @Override
    public VaultServer open(Config config, Scheduler timer, RandomGenerator random) {
        PostgresVault.Builder vault =
                PostgresVault.at(config.value(URL), config.value(USER), timer).table(config.value(TABLE));
        config.optional(PASSWORD).ifPresent(vault::password);
        config.optional(AUTHORITY).ifPresent(vault::authority);
        if (!config.value(TLS)) {
            vault.withoutTls();
        }
        try {
            return vault.build();
        } catch (IllegalArgumentException unfit) {
            throw new ConfigError("credentials: " + unfit.getMessage(), unfit);
        }
    }
}
