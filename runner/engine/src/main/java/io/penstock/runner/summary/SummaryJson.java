package io.penstock.runner.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.cache.CacheCounts;
import io.penstock.rate.BudgetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a summary as JSON. */
final class SummaryJson {

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SummaryJson() {}

    static String of(RunSummary summary) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("plan", summary.plan());
        map.put("started", summary.started().toString());
        map.put("wall_ms", summary.wall().toMillis());
        map.put("exit_code", summary.exitCode());
        map.put(
                "connections",
                summary.connections().stream().map(SummaryJson::connection).toList());
        map.put(
                "budgets",
                summary.budgets().stream().map(state -> budget(state, summary)).toList());
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("plain values can always be written", impossible);
        }
    }

    private static Map<String, Object> connection(ConnectionSummary connection) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", connection.connection().name());
        map.put("first_look", firstLook(connection.firstLook()));
        map.put(
                "streams",
                connection.streams().stream()
                        .map(report -> stream(report, connection.rows()))
                        .toList());
        map.put("failures", connection.failures().stream().map(Failure::toMap).toList());
        connection.cache().ifPresent(counts -> map.put("cache", cache(counts)));
        map.put("look", connection.look());
        return map;
    }

    private static Map<String, Object> firstLook(FirstLook look) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requests", look.requests());
        map.put("retries", look.retries());
        return map;
    }

    private static Map<String, Object> cache(CacheCounts counts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("hits", counts.hits());
        map.put("confirmed", counts.confirmed());
        map.put("misses", counts.misses());
        map.put("shared", counts.shared());
        return map;
    }

    /** A time is as of the end of the run. */
    private static Map<String, Object> budget(BudgetState state, RunSummary summary) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("budget", state.name());
        map.put("granted", state.granted());
        map.put("utilisation", Math.round(1000 * state.utilisation()) / 1000.0);
        map.put("slots", state.slots());
        List<Map<String, Object>> limits = new ArrayList<>();
        state.limits().forEach(use -> {
            Map<String, Object> limit = new LinkedHashMap<>();
            limit.put("limit", use.limit().toString());
            limit.put("used", use.used());
            limits.add(limit);
        });
        map.put("limits", limits);
        state.limitedUntil(summary.started().plus(summary.wall()))
                .ifPresent(until -> map.put("limited_until", until.toString()));
        return map;
    }

    private static Map<String, Object> stream(StreamReport report, Map<String, Long> rows) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("stream", report.stream().name());
        map.put("mode", lower(report.mode()));
        map.put("state", lower(report.state()));
        counts(report.counts(), map);
        Long held = rows.get(report.stream().name());
        if (held != null) {
            map.put("sink_rows", held);
        }
        map.put("slices", report.slices().known());
        map.put("slices_done", report.slices().done());
        map.put("slices_failed", report.slices().failed());
        times(report.times(), map);
        return map;
    }

    private static void counts(Counts counts, Map<String, Object> map) {
        map.put("records", counts.records());
        map.put("bytes", counts.bytes());
        map.put("committed", counts.committed());
        map.put("commits", counts.commits());
        map.put("requests", counts.requests());
        map.put("retries", counts.retries());
        Map<String, Object> causes = new LinkedHashMap<>();
        counts.repeats().forEach((cause, count) -> causes.put(cause.label(), count));
        map.put("retries_by_cause", causes);
        map.put("text_repairs", counts.repairs());
        map.put("page_drift", counts.drifts());
        map.put("skipped_parents", counts.skippedParents());
        map.put("filtered", counts.sifted().filtered());
        map.put("skipped", counts.sifted().skipped());
        map.put("dead_letters", counts.sifted().deadLetters());
        map.put("schema_warnings", counts.sifted().warned());
    }

    private static void times(Times times, Map<String, Object> map) {
        map.put("wall_ms", times.wall().toMillis());
        map.put("lanes_ms", times.lanes().toMillis());
        Map<String, Object> waits = new LinkedHashMap<>();
        times.waits().forEach((reason, time) -> {
            Map<String, Object> wait = new LinkedHashMap<>();
            wait.put("ms", time.toMillis());
            wait.put("share", share(time, times.lanes()));
            waits.put(reason.label(), wait);
        });
        map.put("waits", waits);
        map.put("unattributed_ms", times.unattributed().toMillis());
    }

    /** In thousandths, so that the same run gives the same text. */
    private static double share(Duration part, Duration whole) {
        return whole.isZero() ? 0 : Math.round(1000.0 * part.toNanos() / whole.toNanos()) / 1000.0;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
