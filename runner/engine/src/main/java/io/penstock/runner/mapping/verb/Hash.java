package io.penstock.runner.mapping.verb;

import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts hashes in the place of values: of a text its characters are hashed, of everything else its JSON; null stays null.
 *
 * @param hashed which, and how
 */
public record Hash(Map<FieldPath, Hashing> hashed) implements Verb {

    /** Copies the map. */
    public Hash {
        hashed = Collections.unmodifiableMap(new LinkedHashMap<>(hashed));
    }

    @Override
    public void on(Fields record) {
        hashed.forEach((path, hashing) -> path.change(record, (value, at) -> hash(value, hashing)));
    }

    private static Value hash(Value value, Hashing hashing) {
        Raw raw = value instanceof Raw closed ? closed : Raw.written(value);
        return Mask.isNull(raw) ? raw : Raw.text(hashing.of(raw.text()));
    }

    @Override
    public void on(RecordSchema schema) {
        hashed.keySet().forEach(path -> schema.change(path, described -> RecordSchema.nullable("string")));
    }

    @Override
    public void judge(StreamInfo stream, Problems problems) {
        hashed.keySet().forEach(path -> Vital.require(stream, problems, "hash", path.first()));
    }

    @Override
    public Set<String> names() {
        return hashed.keySet().stream().map(FieldPath::first).collect(Collectors.toSet());
    }
}
