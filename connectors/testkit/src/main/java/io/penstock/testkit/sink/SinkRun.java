package io.penstock.testkit.sink;

import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Drives a sink as a run of the engine does, one call after the other, from a thread that must not block.
 *
 * <p>For tests, for one thread. Every call has a limit of a minute.
 */
@NullUnmarked // a missing row or value fails the test by itself
public final class SinkRun implements AutoCloseable {

    private final Sink sink;
    private final StreamInfo stream;
    private final Claim claim;

    private SinkRun(Sink sink, StreamInfo stream, Claim claim) {
        this.sink = sink;
        this.stream = stream;
        this.claim = claim;
    }

    /** Claims {@code sink} for the connection of {@code stream}; a sink that cannot be claimed is closed. */
    public static SinkRun of(Sink sink, StreamInfo stream) {
        try {
            return new SinkRun(sink, stream, await(sink.claim(stream.id().connection())));
        } catch (RuntimeException refused) {
            sink.close();
            throw refused;
        }
    }

    /** The same run at another stream of the connection; closing either closes the sink. */
    public SinkRun with(StreamInfo other) {
        return new SinkRun(sink, other, claim);
    }

    /** Waits for {@code work}, subscribed to on a thread that must not block. */
    @SuppressWarnings("NullAway") // a Mono<Void> has no value, and nobody asks for it
    public static <T> T await(Mono<T> work) {
        return work.subscribeOn(Schedulers.parallel()).block(Duration.ofMinutes(1));
    }

    /** The sink. */
    public Sink sink() {
        return sink;
    }

    /** What the sink was claimed with. */
    public Claim claim() {
        return claim;
    }

    /** A slice of the stream. */
    public SliceId slice(String key) {
        return stream.id().slice(key);
    }

    /** Opens a stage. */
    public Stage stage(String key, WriteMode mode) {
        return await(sink.open(stream, slice(key), mode));
    }

    /** The commit number {@code version} of this run. */
    public Commit commit(long version, String cursor) {
        return new Commit(claim.epoch(), version, Optional.of(new Cursor(cursor)));
    }

    /** Writes {@code lines} as the only attempt of a page. */
    public static void write(Stage stage, long page, String... lines) {
        write(stage, page, 1, lines);
    }

    /** Writes {@code lines} as one attempt of a page. */
    public static void write(Stage stage, long page, int attempt, String... lines) {
        SliceId slice = StreamId.of("test", "test").slice("test");
        await(stage.write(new Batch(slice, page, attempt, records(lines), Optional.empty(), true)));
    }

    /** Lines with their shape. */
    public static RecordBytes records(String... lines) {
        return lines.length == 0 ? RecordBytes.EMPTY : RecordBytes.ofLines(shape(lines), lines);
    }

    private static Shape shape(String... lines) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        for (String line : lines) {
            Kinds.of(line).forEach((field, kind) -> fields.merge(field, kind, (a, b) -> a | b));
        }
        return new Shape(fields);
    }

    /** Writes one page and commits it as commit number {@code version} of the slice. */
    public void load(String key, WriteMode mode, long version, String cursor, String... lines) {
        try (Stage stage = stage(key, mode)) {
            write(stage, 0, lines);
            await(stage.commit(commit(version, cursor)));
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
