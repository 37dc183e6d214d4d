package io.penstock.caches.redis;

import io.penstock.cache.CacheProvider;
import io.penstock.cache.CacheStore;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import java.time.Duration;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/** Makes stores in a Redis server, which several processes share and which outlive them. */
public final class RedisCacheProvider implements CacheProvider {

    static final Setting<String> URL = Setting.required(
            "url",
            "Where Redis answers, such as redis://cache.example.com:6379/0, or rediss:// for TLS; without a password.",
            Types.parsed("URL such as redis://cache.example.com:6379", RedisCacheProvider::url));
    static final Setting<String> USER =
            Setting.of("user", "The user; the one that Redis has without users by default.", Types.text(), "default");
    static final Setting<Secret> PASSWORD =
            Setting.optional("password", "The password, as a reference such as ${env:REDIS_PASSWORD}.", Types.secret());
    private static final Setting<String> PREFIX =
            Setting.of("prefix", "What all keys in Redis begin with.", Types.text(), "penstock:cache:");
    private static final Setting<Duration> TIMEOUT = Setting.of(
            "timeout", "How long Redis may take before the API is asked instead.", Types.duration(), "500ms");

    /** For the service loader. */
    public RedisCacheProvider() {}

    private static String url(String text) {
        if (text.indexOf('@') >= 0) {
            throw new IllegalArgumentException("a URL must not hold a password: use user and password");
        }
        if (!text.matches("rediss?://[^/?#\\s]+(/[0-9]{0,3})?")) {
            throw new IllegalArgumentException(
                    "expected a URL such as redis://cache.example.com:6379, found '" + text + "'");
        }
        return text;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String summary() {
        return "A Redis server, shared by all processes that name it";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(URL, USER, PASSWORD, PREFIX, TIMEOUT);
    }

    @Override
    public CacheStore open(Config config, Scheduler timer) {
        try {
            RedisCacheStore.Builder store = RedisCacheStore.at(config.value(URL), timer)
                    .prefix(config.value(PREFIX))
                    .timeout(config.value(TIMEOUT));
            config.optional(PASSWORD).ifPresent(password -> store.login(config.value(USER), password));
            return store.build();
        } catch (IllegalArgumentException unfit) {
            throw new ConfigError("cache: " + unfit.getMessage(), unfit);
        }
    }
}
