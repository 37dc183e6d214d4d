package io.penstock.runner.mapping.verb;

import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Trail;
import io.penstock.runner.mapping.value.Unfit;
import io.penstock.runner.mapping.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives fields of the record other names, all at once, so that two may change theirs for each other's.
 *
 * @param changed old to new
 */
public record Rename(Map<String, String> changed) implements Verb {

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if two fields would get the same name
     */
    public Rename {
        changed = Collections.unmodifiableMap(new LinkedHashMap<>(changed));
        if (Set.copyOf(changed.values()).size() < changed.size()) {
            throw new IllegalArgumentException("two fields would get the same name: give each a name of its own");
        }
    }

    /** The name of {@code field} afterwards. */
    public String of(String field) {
        return changed.getOrDefault(field, field);
    }

    /** The names of {@code fields} afterwards. */
    public List<String> of(List<String> fields) {
        return fields.stream().map(this::of).toList();
    }

    @Override
    public void on(Fields record) {
        if (changed.keySet().stream().noneMatch(record.members()::containsKey)) {
            return;
        }
        Map<String, Value> renamed = new LinkedHashMap<>();
        record.members().forEach((name, value) -> {
            if (renamed.putIfAbsent(of(name), value) != null) {
                throw Unfit.value(
                        new Trail(null, name).toString(),
                        "expected one field called '" + of(name) + "' after rename, found two");
            }
        });
        record.members().clear();
        record.members().putAll(renamed);
    }

    @Override
    public void on(RecordSchema schema) {
        schema.rename(changed);
    }

    /** A key may be renamed: the sink is told. */
    @Override
    public void judge(StreamInfo stream, Problems problems) {
        changed.keySet().forEach(name -> Vital.requireNoMark(stream, problems, "rename", name));
        changed.values().stream()
                .filter(name -> !changed.containsKey(name))
                .forEach(name -> Vital.require(stream, problems, "rename", name));
    }

    /** None: it names fields that flatten and set have made, too. */
    @Override
    public Set<String> names() {
        return Set.of();
    }
}
