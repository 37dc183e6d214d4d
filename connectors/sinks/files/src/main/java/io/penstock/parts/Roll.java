package io.penstock.parts;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.sink.CommitCadence;
import java.time.Duration;
import java.util.List;

/**
 * When a part is full.
 *
 * @param bytes of records, as JSON and uncompressed
 * @param age since its first record
 */
record Roll(long bytes, Duration age) {

    private static final long ROWS = 10_000_000;
    private static final long LEAST = 64 << 10;
    private static final long MOST = 64L << 30;

    private static final Setting<Long> BYTES =
            Setting.of("bytes", "Bytes of records, as JSON, that fill a part.", Types.bytes(LEAST, MOST), "256MiB");
    private static final Setting<Duration> AGE =
            Setting.of("age", "How long records wait for a part to fill.", Types.duration(), "1m");

    /** The settings of {@code roll}. */
    static final List<Setting<?>> SETTINGS = List.of(BYTES, AGE);

    /** What is meant when nothing is said. */
    static final Roll USUAL = new Roll(256L << 20, Duration.ofMinutes(1));

    static Roll of(Config config) {
        return new Roll(config.value(BYTES), config.value(AGE));
    }

    /** A commit fills a part. */
    CommitCadence cadence() {
        return new CommitCadence(ROWS, bytes, age);
    }
}
