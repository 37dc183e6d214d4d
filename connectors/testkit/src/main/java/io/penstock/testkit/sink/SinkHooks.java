package io.penstock.testkit.sink;

import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** What the tests ask of the author of a sink. */
@NullUnmarked // a missing row or value fails the test by itself
public interface SinkHooks {

    /** Opens a sink whose store lies in {@code directory}, which is empty at the start of a test. */
    Sink open(Path directory);

    /**
     * What a person sees in the store: each row as its fields, without those that are null; texts as {@code String}, whole
     * numbers as {@code Long} or {@code BigInteger}, other numbers as {@code BigDecimal}, objects and arrays as
     * {@code Map} and {@code List}. Called while a sink may be open on {@code directory}.
     */
    List<Map<String, Object>> visible(Path directory, StreamInfo stream);

    /** The stream that the tests write; with a primary key {@code id}, so that it can be upserted. */
    default StreamInfo stream() {
        return new StreamInfo(
                StreamId.of("shop", "customers"),
                Optional.empty(),
                List.of("id"),
                Optional.of("updated_at"),
                Optional.of("deleted"),
                Resume.PAGE_TOKEN);
    }

    /** The {@code id} of all visible rows, sorted. */
    default List<Long> ids(Path directory) {
        return visible(directory, stream()).stream()
                .map(row -> ((Number) Objects.requireNonNull(row.get("id"))).longValue())
                .sorted()
                .toList();
    }

    /** Opens a sink and claims it. */
    default SinkRun run(Path directory) {
        return SinkRun.of(open(directory), stream());
    }
}
