package io.penstock.runner.limits;

import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.format.ArchiveLimits;
import io.penstock.http.HttpLimits;
import io.penstock.http.HttpLimits.Limit;
import java.util.List;

/** How large bodies and records may be, as a plan writes it. */
final class SizeSettings {

    private static final long EXBIBYTE = 1L << 60;
    private static final int GIBIBYTE = 1 << 30;

    private static final Setting<Long> WIRE_BYTES =
            Setting.of("wire_bytes", "The most bytes of one body on the wire.", Types.bytes(1, EXBIBYTE), "256MiB");
    private static final Setting<Long> INFLATED_BYTES = Setting.of(
            "inflated_bytes",
            "The most bytes of one body, or of a zip archive, after decompression.",
            Types.bytes(1, EXBIBYTE),
            "1GiB");
    private static final Setting<Long> INFLATE_RATIO = Setting.of(
            "inflate_ratio",
            "The most bytes after decompression for each byte before, judged after the first MiB.",
            Types.integer(1, GIBIBYTE),
            200);
    private static final Setting<Long> PAGE_BUFFER = Setting.of(
            "page_buffer",
            "Up to how many bytes a body is held until it is proven complete; larger ones are streamed.",
            Types.bytes(1, GIBIBYTE),
            "16MiB");
    private static final Setting<Long> ARCHIVE_ENTRIES =
            Setting.of("archive_entries", "The most files in a zip archive.", Types.integer(1, GIBIBYTE), 10_000);
    private static final Setting<Long> RECORD_BYTES =
            Setting.of("record_bytes", "The most bytes of one record.", Types.bytes(1, GIBIBYTE), "16MiB");
    private static final Setting<Long> TEXT_BYTES =
            Setting.of("text_bytes", "The most bytes of one string.", Types.bytes(1, GIBIBYTE), "16MiB");
    private static final Setting<Long> NAME_BYTES =
            Setting.of("name_bytes", "The most bytes of a field's name.", Types.bytes(1, 1 << 20), "8KiB");
    private static final Setting<Long> DEPTH =
            Setting.of("depth", "The deepest that objects and arrays may be nested.", Types.integer(1, 1000), 100);
    private static final Setting<Long> FIELDS =
            Setting.of("fields", "The most fields of one object.", Types.integer(1, 1_000_000), 10_000);

    private static final List<Setting<Long>> SIZES = List.of(
            WIRE_BYTES,
            INFLATED_BYTES,
            INFLATE_RATIO,
            PAGE_BUFFER,
            ARCHIVE_ENTRIES,
            RECORD_BYTES,
            TEXT_BYTES,
            NAME_BYTES,
            DEPTH,
            FIELDS);

    static final List<Setting<?>> ALL = List.copyOf(SIZES);

    private SizeSettings() {}

    /** Those that {@code config} sets above what they are in {@code usual}, in words. */
    static List<String> raised(Config config, Config usual) {
        return SIZES.stream()
                .filter(size -> config.value(size) > usual.value(size))
                .map(size -> size.name() + " " + config.value(size) + " instead of " + usual.value(size))
                .toList();
    }

    /** What a plan does not say stays as the client has it. */
    static void apply(Config config, ApiClient.Builder client) {
        if (ALL.stream().noneMatch(config::has)) {
            return;
        }
        client.sizes(HttpLimits.DEFAULT
                .with(Limit.WIRE_BYTES, config.value(WIRE_BYTES))
                .with(Limit.INFLATED_BYTES, config.value(INFLATED_BYTES))
                .with(Limit.INFLATE_RATIO, config.value(INFLATE_RATIO))
                .with(Limit.PAGE_BUFFER, config.value(PAGE_BUFFER)));
        DecodeLimits documents = new DecodeLimits(
                config.value(RECORD_BYTES).intValue(),
                config.value(DEPTH).intValue(),
                config.value(NAME_BYTES).intValue(),
                config.value(TEXT_BYTES).intValue(),
                DecodeLimits.DEFAULT.digits(),
                config.value(FIELDS).intValue());
        client.documents(
                documents,
                new ArchiveLimits(
                        config.value(INFLATED_BYTES),
                        config.value(INFLATE_RATIO).intValue(),
                        config.value(ARCHIVE_ENTRIES).intValue()));
    }
}
