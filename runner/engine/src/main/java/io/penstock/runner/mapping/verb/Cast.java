package io.penstock.runner.mapping.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.Raw.Kind;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Trail;
import io.penstock.runner.mapping.value.Unfit;
import io.penstock.runner.mapping.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives values another type; null stays null.
 *
 * @param types what becomes what
 */
public record Cast(Map<FieldPath, CastType> types) implements Verb {

    private static final String VERB = "cast";

    /** Copies the map. */
    public Cast {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    @Override
    public void on(Fields record) {
        types.forEach((path, type) -> path.change(record, (value, at) -> cast(value, type, at)));
    }

    private static Raw cast(Value value, CastType type, Trail at) {
        Raw raw = value instanceof Raw closed ? closed : Raw.written(value);
        if (raw.kind() == Kind.NULL) {
            return raw;
        }
        return type.of(raw)
                .orElseThrow(() -> Unfit.value(
                        at.toString(),
                        "expected what is exactly of type " + type.label() + ", found a "
                                + raw.kind().name().toLowerCase(Locale.ROOT) + " that is not"));
    }

    @Override
    public void on(RecordSchema schema) {
        types.forEach((path, type) -> {
            schema.change(path, described -> typed(described, type));
            if (path.isTop()
                    && schema.property(path.first()) == null
                    && !schema.names().isEmpty()) {
                schema.put(path.first(), RecordSchema.nullable(type.label()));
            }
        });
    }

    private static ObjectNode typed(@org.jspecify.annotations.Nullable ObjectNode described, CastType type) {
        ObjectNode typed = RecordSchema.nullable(type.label());
        boolean never = described != null
                && described.has("type")
                && !described.get("type").toString().contains("\"null\"");
        return never ? typed.put("type", type.label()) : typed;
    }

    /** A key may become text, which tells as many records apart as before; 1 and "01" as numbers would be one. */
    @Override
    public void judge(StreamInfo stream, Problems problems) {
        types.forEach((path, type) -> {
            if (type != CastType.STRING || !path.isTop()) {
                Vital.requireNoKey(stream, problems, VERB, path.first());
            }
            Vital.requireNoMark(stream, problems, VERB, path.first());
        });
    }

    @Override
    public Set<String> names() {
        return types.keySet().stream().map(FieldPath::first).collect(Collectors.toSet());
    }
}
