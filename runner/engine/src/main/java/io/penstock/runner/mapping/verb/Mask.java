package io.penstock.runner.mapping.verb;

import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.Raw.Kind;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts three stars in the place of values; null stays null.
 *
 * @param paths whose
 */
public record Mask(List<FieldPath> paths) implements Verb {

    private static final Raw STARS = Raw.text("***");

    /** Copies the list. */
    public Mask {
        paths = List.copyOf(paths);
    }

    @Override
    public void on(Fields record) {
        paths.forEach(path -> path.change(record, (value, at) -> isNull(value) ? value : STARS));
    }

    static boolean isNull(Value value) {
        return value instanceof Raw raw && raw.kind() == Kind.NULL;
    }

    @Override
    public void on(RecordSchema schema) {
        paths.forEach(path -> schema.change(path, described -> RecordSchema.nullable("string")));
    }

    @Override
    public void judge(StreamInfo stream, Problems problems) {
        paths.forEach(path -> Vital.require(stream, problems, "mask", path.first()));
    }

    @Override
    public Set<String> names() {
        return paths.stream().map(FieldPath::first).collect(Collectors.toSet());
    }
}
