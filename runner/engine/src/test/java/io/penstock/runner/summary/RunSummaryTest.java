package io.penstock.runner.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cache.CacheCounts;
import io.penstock.config.Secret;
import io.penstock.error.Place;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.observe.RetryCause;
import io.penstock.observe.WaitReason;
import io.penstock.rate.BudgetState;
import io.penstock.rate.RateLimit;
import io.penstock.record.ConnectionId;
import io.penstock.record.StreamId;
import io.penstock.redact.Redaction;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSummaryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final BudgetState BUDGET = new BudgetState(
            "https://api.example.com",
            List.of(new BudgetState.Use(RateLimit.parse("100/s"), 63)),
            2,
            3,
            8,
            9,
            Duration.ZERO,
            Duration.ofSeconds(10));

    @Test
    void hasOneStableJsonForm() {
        Redaction redaction = Redaction.of(List.of(Secret.of("tok-en-of-the-shop")));
        Failure failure = Failure.of(
                new UpstreamError("GET /orders said tok-en-of-the-shop", 503, Duration.ZERO)
                        .in(Place.request(8, "id-1"))
                        .in(Place.slice("shop/orders", "all")),
                redaction,
                NOON);
        StreamReport report = new StreamReport(
                StreamId.of("shop", "orders"),
                WriteMode.UPSERT,
                true,
                StreamReport.State.FAILED,
                new Counts(10, 100, 8, 2, 5, Map.of(RetryCause.SERVER, 1L), 4, 3, 6, new Sifted(6, 7, 8, 9)),
                new Slices(2, true, 1, 1),
                new Times(
                        Duration.ofMillis(300),
                        Duration.ofMillis(400),
                        Map.of(WaitReason.SERVER, Duration.ofMillis(300), WaitReason.SINK, Duration.ofMillis(100)),
                        Optional.empty()));
        ConnectionSummary shop = new ConnectionSummary(
                new ConnectionId("shop"),
                new FirstLook(2, 1),
                List.of(report),
                Map.of("orders", 8L),
                "look here",
                List.of(failure),
                Optional.of(new CacheCounts(1, 2, 3, 4)));
        RunSummary summary =
                new RunSummary("shop.yaml", NOON, Duration.ofMillis(350), List.of(shop), List.of(BUDGET), 75);
        assertThat(summary.toJson()).isEqualTo("""
                        {"format":1,"plan":"shop.yaml","started":"2026-01-01T12:00:00Z","wall_ms":350,"exit_code":75,\
                        "connections":[{"connection":"shop","first_look":{"requests":2,"retries":1},"streams":[{"stream":"orders","mode":"upsert",\
                        "state":"failed","records":10,"bytes":100,"committed":8,"commits":2,"requests":5,"retries":1,"retries_by_cause":{"server":1},"text_repairs":4,"page_drift":3,"skipped_parents":6,"filtered":6,"skipped":7,"dead_letters":8,"schema_warnings":9,\
                        "sink_rows":8,"slices":2,"slices_done":1,"slices_failed":1,"wall_ms":300,"lanes_ms":400,\
                        "waits":{"server":{"ms":300,"share":0.75},"sink":{"ms":100,"share":0.25}},\
                        "unattributed_ms":0}],"failures":[{"code":"UpstreamError","message":"GET /orders said ***",\
                        "details":{"status":"503"},"stream":"shop/orders","slice":"all","attempt":8,\
                        "correlation_id":"id-1","time":"2026-01-01T12:00:00Z","docs":"core/README.md#upstreamerror"}],\
                        "cache":{"hits":1,"confirmed":2,"misses":3,"shared":4},"look":"look here"}],\
                        "budgets":[{"budget":"https://api.example.com","granted":9,"utilisation":0.63,"slots":8,\
                        "limits":[{"limit":"100/s","used":63}],"limited_until":"2026-01-01T12:00:10.350Z"}]}""");
        assertThat(summary.requests()).isEqualTo(7);
        assertThat(summary.retries()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"'75,76', 76", "'76,65,74', 74", "'73,77', 77", "'77,78', 78", "'78,70', 70", "'75,1', 1"})
    void exitsWithTheWorstCode(String codes, int worst) {
        List<Integer> all =
                List.of(codes.split(",")).stream().map(Integer::valueOf).toList();
        assertThat(ExitCode.worst(all)).isEqualTo(worst);
    }

    @Test
    void exitsWithZeroWhenNothingFailed() {
        assertThat(ExitCode.worst(List.of())).isZero();
    }
}
