package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * Reads sources in tests, waiting for the end of at most {@link SourceContract#LIMIT}.
 */
public final class Sources {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Sources() {}

    /** All streams. */
    public static List<StreamInfo> streams(Source source) {
        return collect(source.streams());
    }

    /**
     * The stream called {@code name}.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public static StreamInfo stream(Source source, String name) {
        return streams(source).stream()
                .filter(info -> info.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The slices of the stream called {@code name}. */
    public static List<Slice> slices(Source source, String name) {
        return collect(source.slices(stream(source, name).id()));
    }

    /** The first slice of the stream called {@code name}. */
    public static Slice slice(Source source, String name) {
        return slices(source, name).get(0);
    }

    /** The first slice, read once before, so that whatever a source finds out once is known. */
    static Slice warm(Source source, String name) {
        Slice slice = slice(source, name);
        collect(source.read(slice, Optional.empty()).take(1));
        return slice;
    }

    static List<SliceId> sliceIds(Source source, StreamId stream) {
        return collect(source.slices(stream)).stream().map(Slice::id).toList();
    }

    /** All batches of a slice. */
    public static List<Batch> read(Source source, Slice slice, Optional<Cursor> from) {
        return collect(source.read(slice, from));
    }

    /** All batches of all slices of a stream. */
    public static List<Batch> readAll(Source source, String name) {
        List<Batch> all = new ArrayList<>();
        for (Slice slice : slices(source, name)) {
            all.addAll(read(source, slice, Optional.empty()));
        }
        return all;
    }

    /** The records that stay when broken-off attempts are forgotten, as text, in order. */
    public static List<String> records(List<Batch> batches) {
        List<String> records = new ArrayList<>();
        long page = -1;
        int attempt = 0;
        int pageStart = 0;
        for (Batch batch : batches) {
            if (batch.page() != page) {
                pageStart = records.size();
            } else if (batch.attempt() > attempt) {
                records.subList(pageStart, records.size()).clear();
            }
            page = batch.page();
            attempt = batch.attempt();
            for (int i = 0; i < batch.records().size(); i++) {
                records.add(batch.records().text(i));
            }
        }
        return records;
    }

    /** The records that do not merely say that they are gone. */
    static List<String> alive(StreamInfo info, List<String> records) {
        return records.stream()
                .filter(record -> info.deletedField()
                        .filter(field -> parse(info, record).path(field).asBoolean())
                        .isEmpty())
                .toList();
    }

    /** Everything a publisher emits. */
    public static <T> List<T> collect(Flux<T> publisher) {
        return Objects.requireNonNull(publisher.collectList().block(SourceContract.LIMIT), "a list is never null");
    }

    /** Fails unless the schema is a JSON Schema of an object that has the fields the stream speaks of. */
    static void requireSchema(StreamInfo info, String schema) {
        JsonNode properties = parse(info, schema).path("properties");
        assertThat(properties.isObject())
                .as("properties in the schema of %s", info.id())
                .isTrue();
        List<String> fields = new ArrayList<>(info.primaryKey());
        info.cursorField().ifPresent(fields::add);
        assertThat(fields).as("fields of %s", info.id()).allMatch(properties::has);
    }

    private static JsonNode parse(StreamInfo info, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("the schema or a record of " + info.id() + " is not JSON", broken);
        }
    }
}
