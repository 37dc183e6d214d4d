package io.penstock.runner.mapping.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Items;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps some fields and no others. */
public final class Select implements Verb {

    private final Kept kept = new Kept(new LinkedHashMap<>());
    private final Set<String> set;

    /** What is kept of an object; nothing said means all of it. */
    private record Kept(Map<String, Kept> below) {

        void add(List<String> names, boolean fresh) {
            if (names.isEmpty()) {
                below.clear(); // the whole of it, whatever parts were named too
            } else if (fresh || !below.isEmpty()) {
                boolean first = !below.containsKey(names.get(0));
                below.computeIfAbsent(names.get(0), name -> new Kept(new LinkedHashMap<>()))
                        .add(names.subList(1, names.size()), first);
            }
        }
    }

    /**
     * Keeps what {@code paths} name.
     *
     * @param set fields that are kept besides, because the plan sets them
     */
    public Select(List<FieldPath> paths, Set<String> set) {
        this.set = Set.copyOf(set);
        Stream.concat(paths.stream(), set.stream().map(name -> new FieldPath(List.of(name))))
                .forEach(path -> kept.add(path.names(), true));
    }

    @Override
    public void on(Fields record) {
        keep(record, kept);
    }

    private static void keep(Fields fields, Kept kept) {
        fields.members().keySet().retainAll(kept.below().keySet());
        kept.below().forEach((name, inside) -> {
            Value value = inside.below().isEmpty() ? null : fields.open(name);
            if (value != null && !keepInside(value, inside)) {
                fields.members().remove(name);
            }
        });
    }

    /** Whether the value may stay: one that is no object has no part that was asked for. */
    private static boolean keepInside(Value value, Kept kept) {
        if (value instanceof Items items) {
            items.all().removeIf(item -> !keepInside(item, kept));
            return true;
        }
        if (value instanceof Fields fields) {
            keep(fields, kept);
            return true;
        }
        return Mask.isNull(value);
    }

    @Override
    public void on(RecordSchema schema) {
        for (String name : schema.names()) {
            Kept inside = kept.below().get(name);
            if (inside == null) {
                schema.remove(name);
            } else if (!inside.below().isEmpty()) {
                schema.change(new FieldPath(List.of(name)), described -> narrowed(described, inside));
            }
        }
    }

    private static @org.jspecify.annotations.Nullable ObjectNode narrowed(
            @org.jspecify.annotations.Nullable ObjectNode described, Kept kept) {
        if (described != null) {
            if (described.get("items") instanceof ObjectNode items) {
                narrowed(items, kept);
            }
            if (described.get("properties") instanceof ObjectNode properties) {
                properties.retain(kept.below().keySet());
                kept.below().forEach((name, inside) -> {
                    if (!inside.below().isEmpty() && properties.get(name) instanceof ObjectNode below) {
                        narrowed(below, inside);
                    }
                });
            }
            described.remove("required");
        }
        return described;
    }

    @Override
    public void judge(StreamInfo stream, Problems problems) {
        stream.primaryKey().forEach(field -> judge(field, "is part of the primary key", stream, problems));
        stream.cursorField().ifPresent(field -> judge(field, "is the cursor", stream, problems));
        stream.deletedField().ifPresent(field -> judge(field, "tells of deletions", stream, problems));
    }

    private void judge(String field, String role, StreamInfo stream, Problems problems) {
        Kept whole = kept.below().get(field);
        problems.require(
                whole != null && whole.below().isEmpty(),
                "select",
                "'" + field + "' " + role + " of " + stream.id() + " and must stay: add it to select");
    }

    @Override
    public Set<String> names() {
        Set<String> names = new java.util.TreeSet<>(kept.below().keySet());
        names.removeAll(set);
        return names;
    }
}
