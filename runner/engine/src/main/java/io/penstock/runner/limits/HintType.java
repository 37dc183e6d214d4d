package io.penstock.runner.limits;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.hint.RateHeaders.Family;
import io.penstock.rate.hint.ResetFormat;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How answers tell what is left: {@code standard}, {@code none}, names of families, or a mapping of the API's own fields. */
final class HintType implements Type<RateHeaders> {

    private static final Setting<String> REMAINING =
            Setting.required("remaining", "The field that tells how many requests are left.", Types.text());
    private static final Setting<String> LIMIT =
            Setting.of("limit", "The field that tells how many there are in all.", Types.text(), "");
    private static final Setting<String> RESET =
            Setting.required("reset", "The field that tells when there are more.", Types.text());
    private static final Setting<ResetFormat> FORMAT = Setting.of(
            "format", "How the reset is written; detected by default.", Types.oneOf(ResetFormat.class), "detected");
    private static final Type<RateHeaders> FIELDS = Types.object(
            List.of(REMAINING, LIMIT, RESET, FORMAT),
            fields -> RateHeaders.fields(
                    fields.value(REMAINING), fields.value(LIMIT), fields.value(RESET), fields.value(FORMAT)));
    private static final Type<List<Family>> FAMILIES = Types.listOf(Types.oneOf(Family.class));

    private static final Setting<String> HEADER = Setting.optional("header", "A response field.", Types.text());
    private static final Setting<CostReader> BODY = Setting.optional(
            "body",
            "A JSON Pointer into the body, such as /extensions/cost/actualQueryCost.",
            Types.parsed("JSON Pointer such as /data/rateLimit/cost", CostReader::at));

    /** Where the cost is told. */
    static final Type<CostReader> COST = Types.object(List.of(HEADER, BODY), HintType::cost);

    private static CostReader cost(Config cost) {
        if (cost.has(HEADER) == cost.has(BODY)) {
            throw new IllegalArgumentException("name either the header or the place in the body that tells the cost");
        }
        return cost.optional(BODY)
                .orElseGet(() -> CostReader.header(cost.optional(HEADER).orElseThrow()));
    }

    @Override
    public @Nullable RateHeaders read(Object raw, Place at) {
        if (raw instanceof Map) {
            return FIELDS.read(raw, at);
        }
        if (raw.equals("standard")) {
            return RateHeaders.standard();
        }
        if (raw.equals("none")) {
            return RateHeaders.none();
        }
        List<Family> families = FAMILIES.read(raw, at);
        if (families == null || families.isEmpty()) {
            return null;
        }
        Set<Family> believed = EnumSet.copyOf(families);
        return RateHeaders.of(believed);
    }

    @Override
    public String words() {
        return "standard, none, a list of families, or a mapping such as { remaining: X-Left, reset: X-Reset }";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("oneOf", List.of(Map.of("enum", List.of("standard", "none")), FAMILIES.schema(), FIELDS.schema()));
        return schema;
    }
}
