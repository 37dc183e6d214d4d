package io.penstock.runner.mapping.verb;

import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells which records are kept: those of which every condition holds.
 *
 * @param conditions by field
 */
public record Filter(Map<FieldPath, Condition> conditions) {

    /** Copies the map. */
    public Filter {
        conditions = Map.copyOf(conditions);
    }

    /** Whether every record is kept. */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    /** Whether {@code record} is kept. */
    public boolean keeps(Fields record) {
        return conditions.entrySet().stream()
                .allMatch(one -> one.getValue().holds(one.getKey().all(record)));
    }

    /** The fields it looks at. */
    public Set<String> names() {
        return conditions.keySet().stream().map(FieldPath::first).collect(Collectors.toSet());
    }
}
