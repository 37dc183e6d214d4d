package io.penstock.cache;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/** Makes stores in the memory of this process, which last as long as they are open. */
public final class MemoryCacheProvider implements CacheProvider {

    private static final Setting<Long> BYTES =
            Setting.of("bytes", "The most memory that answers take together.", Types.bytes(1 << 20, 1L << 40), "32MiB");
    private static final Setting<Long> ENTRIES =
            Setting.of("entries", "The most answers that are kept.", Types.integer(1, 100_000_000), 10_000);

    /** For the service loader. */
    public MemoryCacheProvider() {}

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String summary() {
        return "The memory of this process, for as long as the run lasts";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(BYTES, ENTRIES);
    }

    @Override
    public CacheStore open(Config config, Scheduler timer) {
        return CacheStore.inProcess(
                timer, config.value(BYTES), config.value(ENTRIES).intValue());
    }
}
