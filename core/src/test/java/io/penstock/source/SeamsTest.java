package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.client.PageBatch;
import io.penstock.message.Headers;
import io.penstock.observe.Lane;
import io.penstock.record.Batch;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Resume;
import io.penstock.record.Shape;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** P7, P8: lists that move between numbered pages. Budget: 5 s. */
class SeamsTest {

    private static final SliceId SLICE = StreamId.of("shop", "orders").slice(SliceId.ALL);
    private static final Pointer TOTAL = Pointer.of("/total");

    private final Lane lane = Lane.begin(Schedulers.immediate());

    @Test
    void aRecordPushedOverTheSeamComesOnce() {
        assertThat(ids(page(0, 1, "10", 1, 2, 3), page(1, 1, "11", 3, 4, 5))).containsExactly("1", "2", "3", "4", "5");
        assertThat(lane.drifts()).isEqualTo(2); // the repeated record and the total
    }

    @Test
    void aListThatStandsStillHasNoDrift() {
        assertThat(ids(page(0, 1, "5", 1, 2, 3), page(1, 1, "5", 4, 5))).hasSize(5);
        assertThat(lane.drifts()).isZero();
    }

    @Test
    void aChangedTotalAloneTellsOfADeletion() {
        assertThat(ids(page(0, 1, "6", 1, 2, 3), page(1, 1, "5", 5, 6))).hasSize(5);
        assertThat(lane.drifts()).isEqualTo(1);
    }

    @Test
    void aRecordThatChangedInBetweenIsNews() {
        PageBatch second = batch(1, 1, true, "{\"id\":3,\"name\":\"new\"}");
        assertThat(read(List.of("id"), page(0, 1, "5", 1, 2, 3), second)).hasSize(4);
        assertThat(lane.drifts()).isZero();
    }

    @Test
    void anAttemptThatBrokeOffHidesNothing() {
        PageBatch broken = batch(1, 1, false, record(3), record(4));
        assertThat(ids(page(0, 1, "5", 1, 2), broken, page(1, 2, "5", 3, 4)))
                .containsExactly("1", "2", "3", "4", "3", "4");
        assertThat(lane.drifts()).isZero();
    }

    @Test
    void recordsWithoutTheWholeKeyAreLetThrough() {
        PageBatch one = batch(0, 1, true, "{\"a\":1}", "{\"a\":1,\"b\":2}");
        PageBatch two = batch(1, 1, true, "{\"a\":1}", "{\"a\":1,\"b\":2}", "{\"a\":12,\"b\":\"\"}");
        assertThat(read(List.of("a", "b"), one, two))
                .containsExactly("{\"a\":1}", "{\"a\":1,\"b\":2}", "{\"a\":1}", "{\"a\":12,\"b\":\"\"}");
        assertThat(read(List.of(), one, two)).hasSize(5);
    }

    @Test
    void twiceOnOnePageIsTheApisOwnDoing() {
        assertThat(ids(page(0, 1, "5", 1, 1, 2))).containsExactly("1", "1", "2");
    }

    /** A list that others insert into and delete from while it is read with an overlap: every record that stays comes once. */
    @Test
    void overlapAndSeamsTogetherMissNothingThatStays() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<Integer> list = new ArrayList<>();
            for (int id = 0; id < 200; id++) {
                list.add(id);
            }
            Set<Integer> deleted = new LinkedHashSet<>();
            List<PageBatch> pages = new ArrayList<>();
            int next = 1000;
            int offset = 0;
            int limit = 20;
            int overlap = 4;
            for (int number = 0; offset < list.size(); number++) {
                List<Integer> page = List.copyOf(list.subList(offset, Math.min(list.size(), offset + limit)));
                pages.add(page(
                        number,
                        1,
                        null,
                        page.stream().mapToInt(Integer::intValue).toArray()));
                offset += page.size() > overlap ? page.size() - overlap : page.size();
                for (int i = random.nextInt(4); i > 0; i--) { // at most as many deletions in front as pages overlap
                    deleted.add(list.remove(random.nextInt(Math.min(offset, list.size()))));
                }
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random.nextInt(Math.min(offset, list.size()) + 1), next++);
                }
            }
            List<String> came = read(List.of("id"), pages.toArray(PageBatch[]::new));
            assertThat(came).as("seed " + seed).doesNotHaveDuplicates();
            for (int id = 0; id < 200; id++) {
                assertThat(deleted.contains(id) || came.contains(record(id)))
                        .as("seed " + seed + ", id " + id)
                        .isTrue();
            }
        }
    }

    private List<String> ids(PageBatch... pages) {
        return read(List.of("id"), pages).stream()
                .map(line -> line.replaceAll("\\D", ""))
                .toList();
    }

    private List<String> read(List<String> key, PageBatch... pages) {
        ChangeWalk walk = ChangeWalk.whole(Resume.NONE, Optional.empty()).watchingSeams(key, Optional.of(TOTAL));
        List<Batch> batches = Objects.requireNonNull(walk.read(SLICE, Flux.just(pages))
                .contextWrite(lane::into)
                .collectList()
                .block(Duration.ofSeconds(5)));
        List<String> lines = new ArrayList<>();
        for (Batch batch : batches) {
            for (int i = 0; i < batch.records().size(); i++) {
                lines.add(batch.records().text(i));
            }
        }
        return lines;
    }

    private static PageBatch page(
            int number, int attempt, @org.jspecify.annotations.Nullable String total, int... ids) {
        String[] lines =
                java.util.Arrays.stream(ids).mapToObj(SeamsTest::record).toArray(String[]::new);
        Values values = total == null ? Values.NONE : new Values(Map.of(TOTAL, total));
        PageBatch batch = batch(number, attempt, true, lines);
        return new PageBatch(number, attempt, batch.records(), true, batch.next(), Headers.NONE, values);
    }

    private static PageBatch batch(int number, int attempt, boolean end, String... lines) {
        Optional<String> next = end ? Optional.of(Integer.toString(number + 1)) : Optional.empty();
        return new PageBatch(
                number, attempt, RecordBytes.ofLines(Shape.EMPTY, lines), end, next, Headers.NONE, Values.NONE);
    }

    private static String record(int id) {
        return "{\"id\":" + id + "}";
    }
}
