package io.penstock.runner.mapping.verb;

import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.RecordSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes fields away.
 *
 * @param paths which
 */
public record Drop(List<FieldPath> paths) implements Verb {

    /** Copies the list. */
    public Drop {
        paths = List.copyOf(paths);
    }

    @Override
    public void on(Fields record) {
        paths.forEach(path -> path.change(record, (value, at) -> null));
    }

    @Override
    public void on(RecordSchema schema) {
        paths.forEach(path -> schema.change(path, described -> null));
    }

    @Override
    public void judge(StreamInfo stream, Problems problems) {
        paths.forEach(path -> Vital.require(stream, problems, "drop", path.first()));
    }

    @Override
    public Set<String> names() {
        return paths.stream().map(FieldPath::first).collect(Collectors.toSet());
    }
}
