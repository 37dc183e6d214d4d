package io.penstock.runner.mapping;

import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.SecretSource;
import io.penstock.config.Type;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoders;
import io.penstock.record.RecordBytes;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Mappings and records for tests. */
final class Mappings {

    static final StreamId ORDERS = StreamId.of("shop", "orders");

    private Mappings() {}

    /** Orders with a key, a cursor and a word of deletions. */
    static StreamInfo orders(String schema) {
        return new StreamInfo(
                ORDERS,
                Optional.of(schema).filter(text -> !text.isEmpty()),
                List.of("id"),
                Optional.of("at"),
                Optional.of("gone"),
                Resume.RECORD_CURSOR);
    }

    static PlannedMapping planned(Map<String, ?> settings) {
        Problems problems = new Problems();
        SecretSource secrets = SecretSource.of(Map.of("PII_KEY", "a-key-that-nobody-knows"));
        Config config = Config.read(PlannedMapping.SETTINGS, settings, new Type.Place("", problems, secrets));
        problems.throwIfAny("the settings");
        return PlannedMapping.from(config);
    }

    /** A mapping for a stream of which nothing is known. */
    static Mapping of(Map<String, ?> settings) {
        return Mapping.of(planned(settings), StreamInfo.of(ORDERS));
    }

    static RecordBytes records(String... lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return Decoders.ndjson(DecodeLimits.DEFAULT).decode(bytes, true);
    }

    static List<String> lines(RecordBytes records) {
        return IntStream.range(0, records.size()).mapToObj(records::text).toList();
    }

    /** What becomes of one record under {@code settings}. */
    static String mapped(Map<String, ?> settings, String line) {
        Mapped mapped = of(settings).apply(records(line));
        return mapped.misfits().isEmpty()
                ? String.join("", lines(mapped.records()))
                : mapped.misfits().get(0).pointer() + ": "
                        + mapped.misfits().get(0).reason();
    }
}
