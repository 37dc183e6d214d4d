package io.penstock.runner.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.record.RecordBytes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static boolean kept(Object condition, String value) {
        String line = value.isEmpty() ? "{}" : "{\"v\":" + value + "}";
        Mapped mapped = Mappings.of(Map.of("filter", Map.of("v", condition))).apply(Mappings.records(line));
        assertThat(mapped.filtered() + mapped.records().size()).isEqualTo(1);
        return mapped.filtered() == 0;
    }

    @Test
    void aValueMustBeOneOfThoseGiven() {
        assertThat(kept(List.of("open", "paid"), "\"p\\u0061id\"")).isTrue();
        assertThat(kept("open", "\"Open\"")).isFalse();
        assertThat(kept(1, "1.0")).isTrue();
        assertThat(kept(1, "\"1\"")).isFalse();
        assertThat(kept(true, "true")).isTrue();
        assertThat(kept(true, "false")).isFalse();
        assertThat(kept("open", "null")).isFalse();
        assertThat(kept("open", "")).isFalse();
        assertThat(kept(new BigDecimal("0.1"), "0.1000000000000000055511151231257827"))
                .isFalse();
    }

    @Test
    void throughAnArrayOneItemIsEnoughButNoneMayBeExcluded() {
        String lines = "{\"lines\":[{\"sku\":\"a\",\"n\":1},{\"sku\":\"b\",\"n\":9},{}]}";
        assertThat(keeps("lines.sku", "b", lines)).isTrue();
        assertThat(keeps("lines.sku", "c", lines)).isFalse();
        assertThat(keeps("lines.sku", Map.of("not", "b"), lines)).isFalse();
        assertThat(keeps("lines.sku", Map.of("not", "c"), lines)).isTrue();
        assertThat(keeps("lines.n", Map.of("min", 5, "max", 9), lines)).isTrue();
        assertThat(keeps("lines.n", Map.of("above", 1, "below", 9), lines)).isFalse();
        assertThat(keeps("lines.x", Map.of("present", false), lines)).isTrue();
        assertThat(keeps("lines.sku", "a", "{\"lines\":[]}")).isFalse();
    }

    private static boolean keeps(String path, Object condition, String line) {
        return Mappings.of(Map.of("filter", Map.of(path, condition)))
                        .apply(Mappings.records(line))
                        .filtered()
                == 0;
    }

    @Test
    void comparisonsMustAllHold() {
        Map<String, ?> range = Map.of("min", 1, "below", 10);
        assertThat(kept(range, "1")).isTrue();
        assertThat(kept(range, "0.999")).isFalse();
        assertThat(kept(range, "9.999")).isTrue();
        assertThat(kept(range, "10")).isFalse();
        assertThat(kept(Map.of("above", 1), "1")).isFalse();
        assertThat(kept(Map.of("above", 1), "1.1")).isTrue();
        assertThat(kept(Map.of("max", 1), "1")).isTrue();
        assertThat(kept(Map.of("max", 1), "1.1")).isFalse();
        assertThat(kept(Map.of("min", "2026-01-01"), "\"2025-12-31\"")).isFalse();
        assertThat(kept(Map.of("min", "2026-01-01"), "\"2026-01-01T00:00:00Z\""))
                .isTrue();
        assertThat(kept(Map.of("min", 1), "\"5\"")).isFalse();
        assertThat(kept(Map.of("min", 1), "")).isFalse();
    }

    @Test
    void notAndPresentTellOfWhatIsMissing() {
        assertThat(kept(Map.of("not", "x"), "\"x\"")).isFalse();
        assertThat(kept(Map.of("not", "x"), "\"y\"")).isTrue();
        assertThat(kept(Map.of("not", "x"), "")).isTrue();
        assertThat(kept(Map.of("present", true), "")).isFalse();
        assertThat(kept(Map.of("present", true), "null")).isFalse();
        assertThat(kept(Map.of("present", true), "{}")).isTrue();
        assertThat(kept(Map.of("present", false), "null")).isTrue();
        assertThat(kept(Map.of("present", false), "0")).isFalse();
    }

    @Test
    void recordsThatAreKeptStayWhereTheyAre() {
        RecordBytes records = Mappings.records("{\"v\":1}", "{\"v\":2}", "{\"v\":1}");
        Mapped some = Mappings.of(Map.of("filter", Map.of("v", 1))).apply(records);
        assertThat(some.records().array()).isSameAs(records.array());
        assertThat(Mappings.lines(some.records())).containsExactly("{\"v\":1}", "{\"v\":1}");
        assertThat(some.filtered()).isEqualTo(1);
        assertThat(Mappings.of(Map.of("filter", Map.of("v", List.of(1, 2))))
                        .apply(records)
                        .records())
                .isSameAs(records);
    }

    @Test
    void aConditionThatSaysNothingIsRefused() {
        assertThatThrownBy(() -> Mappings.planned(Map.of("filter", Map.of("v", Map.of()))))
                .hasMessageContaining("expected one of is, not, present");
        assertThatThrownBy(() -> Mappings.planned(Map.of("filter", Map.of("v", Map.of("mni", 1)))))
                .hasMessageContaining("mni");
        assertThatThrownBy(() -> Mappings.planned(Map.of("filter", Map.of("v", List.of(List.of())))))
                .hasMessageContaining("found a list");
    }
}
