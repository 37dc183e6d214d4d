package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Config;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoders;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.RecordBytes;
import io.penstock.runner.mapping.PlannedMapping;
import io.penstock.runner.mapping.RecordErrors;
import io.penstock.runner.mapping.RecordErrors.Policy;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.Sifted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingRunTest {

    private static final Map<String, ?> NUMBERS = Map.of("cast", Map.of("n", "integer"));

    private static PlannedStream orders(Map<String, ?> mapping, RecordErrors errors) {
        return new PlannedStream(
                "orders",
                Optional.empty(),
                Optional.empty(),
                PlannedMapping.from(Config.of(PlannedMapping.SETTINGS, mapping)),
                errors);
    }

    private static void page(Rig rig, int page, String... lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        RecordBytes records = Decoders.ndjson(DecodeLimits.DEFAULT).decode(bytes, true);
        rig.source.batch(Batch.ofPage(Rig.ALL, page, records, Optional.of(new Cursor(String.valueOf(page + 1)))));
    }

    private static RunSummary run(Rig rig, RecordErrors errors) {
        rig.planned = List.of(orders(NUMBERS, errors));
        page(rig, 0, "{\"id\":1,\"n\":\"1\"}", "{\"id\":2,\"n\":\"two\"}");
        page(rig, 1, "{\"id\":3,\"n\":\"x\"}");
        page(rig, 2, "{\"id\":4,\"n\":4}");
        return rig.run(60_000);
    }

    private static List<String> lines(Rig rig) {
        return rig.store.rowsOf(Rig.ORDERS);
    }

    @Test
    void mappedRecordsReachTheSinkUnderTheMappedSchemaAndKey() {
        try (Rig rig = new Rig().orders()) {
            rig.planned = List.of(orders(
                    Map.of("rename", Map.of("id", "order_id"), "filter", Map.of("n", Map.of("min", 2))),
                    RecordErrors.FAIL));
            page(rig, 0, "{\"id\":1,\"n\":1}", "{\"id\":2,\"n\":2}");
            RunSummary summary = rig.run(60_000);
            assertThat(summary.exitCode()).isZero();
            assertThat(lines(rig)).containsExactly("{\"order_id\":2,\"n\":2}");
            assertThat(summary.streams().get(0).counts().sifted()).isEqualTo(new Sifted(1, 0, 0, 0));
            assertThat(summary.streams().get(0).counts().records()).isEqualTo(1);
        }
    }

    @Test
    void theFirstMisfitFailsTheSliceAndSaysWhere() {
        try (Rig rig = new Rig().orders()) {
            RunSummary summary = run(rig, RecordErrors.FAIL);
            assertThat(summary.exitCode()).isEqualTo(65);
            assertThat(summary.failures().get(0).code()).isEqualTo("RecordRejected");
            assertThat(summary.failures().get(0).message())
                    .contains("exactly of type integer", "at /n of a record on page 0", "on_record_error")
                    .doesNotContain("two");
            assertThat(lines(rig)).isEmpty();
        }
    }

    @Test
    void skippedRecordsAreCountedAndTheOthersGoOn() {
        try (Rig rig = new Rig().orders()) {
            RunSummary summary = run(rig, new RecordErrors(Policy.SKIP, 2));
            assertThat(summary.exitCode()).isZero();
            assertThat(lines(rig)).containsExactly("{\"id\":1,\"n\":1}", "{\"id\":4,\"n\":4}");
            assertThat(summary.streams().get(0).counts().sifted()).isEqualTo(new Sifted(0, 2, 0, 0));
        }
    }

    @Test
    void tooManyMisfitsStopTheStream() {
        try (Rig rig = new Rig().orders()) {
            RunSummary summary = run(rig, new RecordErrors(Policy.SKIP, 1));
            assertThat(summary.exitCode()).isEqualTo(65);
            assertThat(summary.failures().get(0).message()).contains("more than 1 records", "max_record_errors");
            assertThat(lines(rig)).containsExactly("{\"id\":1,\"n\":1}"); // the page before stands
        }
    }

    @Test
    void deadLettersNeedASinkThatKeepsThem() {
        try (Rig rig = new Rig().orders()) {
            RunSummary summary = run(rig, new RecordErrors(Policy.DEAD_LETTER, 5));
            assertThat(summary.exitCode()).isEqualTo(78);
            assertThat(summary.failures().get(0).message()).contains("cannot keep dead letters", "recording");
            assertThat(rig.source.reads).isEmpty();
        }
    }

    @Test
    void deadLettersAreCommittedWithTheirPageEvenIfNothingElseIs() {
        try (Rig rig = new Rig().orders()) {
            rig.store.graves = true;
            RunSummary summary = run(rig, new RecordErrors(Policy.DEAD_LETTER, 5));
            assertThat(summary.failures()).isEmpty();
            assertThat(lines(rig)).containsExactly("{\"id\":1,\"n\":1}", "{\"id\":4,\"n\":4}");
            assertThat(rig.store.letters).hasSize(2);
            assertThat(rig.store.letters.get(1))
                    .contains("\"page\":1", "\"pointer\":\"/n\"", "\"record\":\"{\\\"id\\\":3,\\\"n\\\":\\\"x\\\"}\"");
            assertThat(summary.streams().get(0).counts().sifted()).isEqualTo(new Sifted(0, 0, 2, 0));
        }
    }

    @Test
    void whatAnAttemptThatBrokeOffHadCountedIsTakenBackAndItsLettersToo() {
        try (Rig rig = new Rig().orders()) {
            rig.store.graves = true;
            rig.planned = List.of(orders(NUMBERS, new RecordErrors(Policy.DEAD_LETTER, 2)));
            for (int attempt = 1; attempt <= 3; attempt++) {
                rig.source.batch(
                        piece(attempt, Optional.empty(), "{\"id\":1,\"n\":\"one\"}", "{\"id\":2,\"n\":\"two\"}"));
            }
            rig.source.batch(piece(3, Optional.of(new Cursor("1")), "{\"id\":3,\"n\":\"3\"}"));
            RunSummary summary = rig.run(60_000);
            assertThat(summary.failures()).isEmpty();
            assertThat(lines(rig)).containsExactly("{\"id\":3,\"n\":3}");
            assertThat(rig.store.letters).hasSize(2);
            assertThat(summary.streams().get(0).counts().sifted()).isEqualTo(new Sifted(0, 0, 2, 0));
        }
    }

    private static Batch piece(int attempt, Optional<Cursor> after, String... lines) {
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        RecordBytes records = Decoders.ndjson(DecodeLimits.DEFAULT).decode(bytes, true);
        return new Batch(Rig.ALL, 0, attempt, records, after, after.isPresent());
    }

    private static RunSummary refused(Rig rig, RecordErrors errors, Long... positions) {
        rig.store.graves = true;
        rig.planned = List.of(orders(Map.of(), errors));
        page(rig, 0, "{\"id\":1}", "{\"id\":2}");
        page(rig, 1, "{\"id\":3}");
        rig.store.faults.add(
                new RecordingStore.Fault(new RecordRejected("expected less", "/id", List.of(positions)), false));
        return rig.run(60_000);
    }

    @Test
    void whatTheSinkRefusesIsTakenOutAndKeptAndTheSameCommitIsMadeWithoutIt() {
        try (Rig rig = new Rig().orders()) {
            RunSummary summary = refused(rig, new RecordErrors(Policy.DEAD_LETTER, 5), 1L, 2L);
            assertThat(summary.failures()).isEmpty();
            assertThat(lines(rig)).containsExactly("{\"id\":1}");
            assertThat(rig.store.versionOf(Rig.ALL)).isEqualTo(1);
            assertThat(rig.store.letters).hasSize(2);
            assertThat(rig.store.letters.get(0)).contains("\"page\":0", "\"pointer\":\"/id\"", "expected less");
            assertThat(rig.store.letters.get(1)).contains("\"page\":1");
            assertThat(summary.streams().get(0).counts().committed()).isEqualTo(1);
            assertThat(summary.streams().get(0).counts().sifted()).isEqualTo(new Sifted(0, 0, 2, 0));
        }
    }

    @Test
    void whatTheSinkRefusesFailsTheSliceWithoutAPositionOrAWish() {
        try (Rig rig = new Rig().orders()) {
            assertThat(refused(rig, RecordErrors.FAIL, 1L).exitCode()).isEqualTo(65);
            assertThat(lines(rig)).isEmpty();
        }
        try (Rig rig = new Rig().orders()) {
            assertThat(refused(rig, new RecordErrors(Policy.SKIP, 5)).exitCode())
                    .isEqualTo(65);
            assertThat(lines(rig)).isEmpty();
        }
        try (Rig rig = new Rig().orders()) {
            assertThat(refused(rig, new RecordErrors(Policy.SKIP, 1), 0L, 1L).exitCode())
                    .isEqualTo(65);
            assertThat(lines(rig)).isEmpty();
        }
    }
}
