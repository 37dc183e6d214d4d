package io.penstock.record;

import java.util.List;
import java.util.Optional;

/**
 * What a source says of one of its streams.
 *
 * @param id the stream
 * @param schema a JSON Schema (2020-12) of one record, as JSON text; empty when only the records themselves can tell
 * @param primaryKey top-level fields that together name a record; empty when there is no key
 * @param cursorField the top-level field that orders changes in time; empty when the stream can only be read whole
 * @param deletedField the top-level boolean field that is true in a record whose only message is that it is gone; empty
 *     when the API does not tell of deletions
 * @param resume how a broken-off read can be taken up
 */
public record StreamInfo(
        StreamId id,
        Optional<String> schema,
        List<String> primaryKey,
        Optional<String> cursorField,
        Optional<String> deletedField,
        Resume resume) {

    /** Copies the key. */
    public StreamInfo {
        primaryKey = List.copyOf(primaryKey);
    }

    /** A stream of which nothing but the name is known: read whole, each time. */
    public static StreamInfo of(StreamId id) {
        return new StreamInfo(id, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Resume.NONE);
    }

    /** Whether a later run can read only what has changed. */
    public boolean incremental() {
        return cursorField.isPresent();
    }
}
