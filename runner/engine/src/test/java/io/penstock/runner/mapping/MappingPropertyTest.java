package io.penstock.runner.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random records and random settings, against the same verbs written down plainly over maps. */
class MappingPropertyTest {

    private static final int ROUNDS = 3000;
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "\u00e4 \"x\"");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<LinkedHashMap<String, Object>> RECORD = new TypeReference<>() {};

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void everyVerbDoesWhatAPlainMapWouldDo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Object> record = object(3);
            Map<String, Object> settings = settings();
            String line = JSON.writeValueAsString(record);
            Mapped mapped = Mappings.of(settings).apply(Mappings.records(line));
            String told = "seed " + seed + ", round " + round + ": " + settings + " on " + line;
            Map<String, Object> expected = model(settings, JSON.readValue(line, RECORD));
            if (expected == null) {
                assertThat(mapped.misfits()).as(told).hasSize(1);
                assertThat(mapped.misfits().get(0).record())
                        .as(told)
                        .isEqualTo(masked(settings, record).getBytes(StandardCharsets.UTF_8));
            } else {
                assertThat(mapped.misfits()).as(told).isEmpty();
                Map<?, ?> found = JSON.readValue(mapped.records().text(0), RECORD);
                assertThat(found).as(told).isEqualTo(expected);
                assertThat(new ArrayList<Object>(found.keySet()))
                        .as(told)
                        .isEqualTo(new ArrayList<>(expected.keySet()));
            }
        }
    }

    /** A record that does not fit, as it is kept. */
    private static String masked(Map<String, Object> settings, Map<String, Object> record) throws Exception {
        Map<String, Object> kept = new LinkedHashMap<>(record);
        if (settings.get("mask") instanceof String mask
                && !JSON.nullNode().equals(kept.getOrDefault(mask, JSON.nullNode()))) {
            kept.put(mask, "***");
        }
        return JSON.writeValueAsString(kept);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            settings.put("mask", name());
        }
        if (random.nextBoolean()) {
            settings.put("set", Map.of(name(), "const", "made", "<{a}>"));
        }
        if (random.nextInt(3) == 0) {
            settings.put("select", List.of(name(), name(), name(), name()));
        }
        if (random.nextBoolean()) {
            settings.put("drop", name());
        }
        if (random.nextBoolean()) {
            settings.put("flatten", Map.of(name(), "_"));
        }
        if (random.nextBoolean()) {
            settings.put("rename", Map.of(name(), name()));
        }
        return settings;
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(name(), value(depth - 1));
        }
        return object;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> random.nextInt(100);
            case 1 -> new BigDecimal(random.nextInt(1000)).movePointLeft(2);
            case 2 -> "text \\ \n \" \uD83D\uDE00 " + random.nextInt(9);
            case 3 -> random.nextBoolean();
            case 4 -> JSON.nullNode();
            case 5 -> object(depth);
            default -> List.of(random.nextInt(9), object(depth), "]}");
        };
    }

    /** The record that must come out; null where two fields would have one name. */
    private static Map<String, Object> model(Map<String, Object> settings, Map<String, Object> record)
            throws Exception {
        Map<String, Object> now = new LinkedHashMap<>(record);
        Object mask = settings.get("mask");
        if (mask != null && now.get(mask) != null) {
            now.put((String) mask, "***");
        }
        Map<?, ?> set = (Map<?, ?>) settings.getOrDefault("set", Map.of());
        Object made = now.get("a");
        for (Object name : set.keySet()) {
            now.put((String) name, name.equals("made") ? (made == null ? null : "<" + text(made) + ">") : "const");
        }
        if (settings.get("select") instanceof List<?> select) {
            now.keySet().removeIf(name -> !select.contains(name) && !set.containsKey(name));
        }
        now.remove(settings.get("drop"));
        Map<?, ?> flatten = (Map<?, ?>) settings.getOrDefault("flatten", Map.of());
        Map<String, Object> flat = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : now.entrySet()) {
            if (!flatten.containsKey(field.getKey())) {
                flat.put(field.getKey(), field.getValue());
            } else if (field.getValue() instanceof Map<?, ?> inside) {
                spread(inside, field.getKey(), flat);
            } else if (field.getValue() != null) {
                flat.put(field.getKey(), field.getValue());
            }
        }
        Map<?, ?> rename = (Map<?, ?>) settings.getOrDefault("rename", Map.of());
        Map<String, Object> renamed = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : flat.entrySet()) {
            String name = (String) rename.get(field.getKey());
            String called = name == null ? field.getKey() : name;
            if (renamed.containsKey(called)) {
                return null;
            }
            renamed.put(called, field.getValue());
        }
        return renamed;
    }

    private static void spread(Map<?, ?> inside, String prefix, Map<String, Object> flat) {
        inside.forEach((name, value) -> {
            if (value instanceof Map<?, ?> below) {
                spread(below, prefix + "_" + name, flat);
            } else {
                flat.put(prefix + "_" + name, value);
            }
        });
    }

    private static String text(Object value) throws Exception {
        return value instanceof String text ? text : JSON.writeValueAsString(value);
    }
}
