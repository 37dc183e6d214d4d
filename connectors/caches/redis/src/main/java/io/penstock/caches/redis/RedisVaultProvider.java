package io.penstock.caches.redis;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.store.VaultProvider;
import io.penstock.store.VaultServer;
import java.util.List;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/** Keeps credentials in a Redis server that writes to disk at once and evicts nothing. */
public final class RedisVaultProvider implements VaultProvider {

    /** For the service loader. */
    public RedisVaultProvider() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String summary() {
        return "A Redis server with appendfsync always and noeviction, shared by all processes that name it";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(RedisCacheProvider.URL, RedisCacheProvider.USER, RedisCacheProvider.PASSWORD);
    }

    @Override
    public VaultServer open(Config config, Scheduler timer, RandomGenerator random) {
        String url = config.value(RedisCacheProvider.URL);
        try {
            return config.optional(RedisCacheProvider.PASSWORD)
                    .map(password ->
                            new RedisVault(url, config.value(RedisCacheProvider.USER), password, timer, random))
                    .orElseGet(() -> new RedisVault(url, timer, random));
        } catch (IllegalArgumentException unfit) {
            throw new ConfigError("credentials: " + unfit.getMessage(), unfit);
        }
    }
}
