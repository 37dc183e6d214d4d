package io.penstock.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.client.PageBatch;
import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.message.Headers;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.RecordBytes;
import io.penstock.record.Resume;
import io.penstock.record.Shape;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class ChangeWalkTest {

    private static final SliceId SLICE = StreamId.of("shop", "orders").slice(SliceId.ALL);
    private static final Headers LATE = Headers.of(Map.of("Date", "Fri, 31 Jan 2025 10:00:00 GMT"));

    @Test
    void aFinishedWalkGoesOnFromTheGreatestValueWithoutTheRecordsReadThere() {
        Cursor end = last(walk(
                Optional.empty(), page(0, "n1", at(1, "01"), at(2, "03")), page(1, null, at(3, "02"), at(4, "03"))));
        ChangeWalk next = ChangeWalk.by("at", Resume.NONE, Optional.of(end));
        assertThat(next.since()).contains("2025-01-03T00:00:00Z");
        assertThat(records(next, page(0, null, at(2, "03"), at(4, "03"), at(5, "03"), at(6, "04"))))
                .containsExactly(at(5, "03"), at(6, "04"));
    }

    @Test
    void aRecordThatChangedAgainAtTheVerySameTimeIsNotTakenForRead() {
        Cursor end = last(walk(Optional.empty(), page(0, null, at(1, "03"))));
        String changed = at(1, "03").replace("}", ",\"x\":1}");
        ChangeWalk next = ChangeWalk.by("at", Resume.NONE, Optional.of(end));
        assertThat(records(next, page(0, null, changed))).containsExactly(changed);
    }

    @Test
    void equalRecordsAreDroppedAsOftenAsTheyWereRead() {
        Cursor end = last(walk(Optional.empty(), page(0, null, at(1, "03"), at(1, "03"))));
        ChangeWalk next = ChangeWalk.by("at", Resume.NONE, Optional.of(end));
        assertThat(records(next, page(0, null, at(1, "03"), at(1, "03"), at(1, "03"))))
                .containsExactly(at(1, "03"));
    }

    @Test
    void recordsBelowTheValueAskedForAreDroppedAndThoseWithoutOneKept() {
        ChangeWalk next = ChangeWalk.by("at", Resume.NONE, Optional.of(ChangeWalk.startingAt("2025-01-03")));
        assertThat(records(next, page(0, null, at(1, "02"), at(2, "03"), "{\"id\":9}")))
                .containsExactly(at(2, "03"), "{\"id\":9}");
    }

    @Test
    void nothingNewKeepsTheCursor() {
        Cursor end = last(walk(Optional.empty(), page(0, null, at(1, "03"))));
        assertThat(last(walk(Optional.of(end), page(0, null)))).isEqualTo(end);
        assertThat(last(walk(Optional.of(end), page(0, null, at(1, "03"))))).isEqualTo(end);
    }

    @Test
    void eachPageHasACursorWhereTokensStayGood() {
        List<Batch> batches = read(
                ChangeWalk.by("at", Resume.PAGE_TOKEN, Optional.empty()),
                page(0, "n1", at(1, "01")),
                page(1, null, at(2, "02")));
        ChangeWalk next = ChangeWalk.by("at", Resume.PAGE_TOKEN, batches.get(0).after());
        assertThat(next.token()).contains("n1");
        assertThat(next.since()).isEmpty();
        assertThat(ChangeWalk.by("at", Resume.PAGE_TOKEN, batches.get(1).after())
                        .token())
                .isEmpty();
    }

    @Test
    void onlyTheEndHasACursorWhereTokensDoNot() {
        List<Batch> batches = read(
                ChangeWalk.by("at", Resume.NONE, Optional.empty()),
                page(0, "n1", at(1, "01")),
                page(1, null, at(2, "02")));
        assertThat(batches).extracting(batch -> batch.after().isPresent()).containsExactly(false, true);
    }

    @Test
    void aWalkTakenUpAgainAsksForChangesSinceItsBreak() {
        Cursor broken = read(
                        ChangeWalk.by("at", Resume.PAGE_TOKEN, Optional.empty()),
                        page(0, "n1", at(1, "01"), at(2, "05")))
                .get(0)
                .after()
                .orElseThrow();
        Cursor end = last(walk(Optional.of(broken), page(0, null, at(3, "04"), at(4, "09"))));
        ChangeWalk next = ChangeWalk.by("at", Resume.PAGE_TOKEN, Optional.of(end));
        assertThat(next.since())
                .contains("2025-01-05T00:00:00Z"); // record 1 may have changed on the 6th, behind the break
        assertThat(records(next, page(0, null, at(2, "05"), at(4, "09"), at(1, "06"))))
                .containsExactly(at(1, "06"));
    }

    @Test
    void valuesAfterTheBeginningOfTheWalkDoNotMoveTheNextOneForward() {
        PageBatch first =
                new PageBatch(0, 1, lines(at(1, "30"), at(2, "31T11")), true, Optional.empty(), LATE, Values.NONE);
        ChangeWalk next = ChangeWalk.by("at", Resume.NONE, Optional.of(last(read(walk(), first))));
        assertThat(next.since()).contains("2025-01-30T00:00:00Z");
        assertThat(records(next, page(0, null, at(1, "30"), at(2, "31T11"), at(3, "31T10"))))
                .containsExactly(at(3, "31T10"));
    }

    @Test
    void aBrokenAttemptLeavesNoTrace() {
        PageBatch broken = new PageBatch(0, 1, lines(at(9, "29")), false, Optional.empty(), Headers.NONE, Values.NONE);
        PageBatch again = new PageBatch(0, 2, lines(at(1, "02")), true, Optional.empty(), Headers.NONE, Values.NONE);
        ChangeWalk next = ChangeWalk.by("at", Resume.NONE, Optional.of(last(read(walk(), broken, again))));
        assertThat(next.since()).contains("2025-01-02T00:00:00Z");
    }

    @Test
    void aBrokenAttemptDoesNotUseUpWhatWasReadBefore() {
        Cursor end = last(walk(Optional.empty(), page(0, null, at(1, "03"))));
        PageBatch broken = new PageBatch(0, 1, lines(at(1, "03")), false, Optional.empty(), Headers.NONE, Values.NONE);
        PageBatch again = new PageBatch(0, 2, lines(at(1, "03")), true, Optional.empty(), Headers.NONE, Values.NONE);
        List<Batch> batches = read(ChangeWalk.by("at", Resume.NONE, Optional.of(end)), broken, again);
        assertThat(batches).extracting(batch -> batch.records().size()).containsExactly(0, 0);
    }

    @Test
    void aWholeWalkBeginsAgainAfterItsEnd() {
        List<Batch> batches =
                read(ChangeWalk.whole(Resume.PAGE_TOKEN, Optional.empty()), page(0, "n1", "{}"), page(1, null, "{}"));
        assertThat(ChangeWalk.whole(Resume.PAGE_TOKEN, batches.get(0).after()).token())
                .contains("n1");
        assertThat(ChangeWalk.whole(Resume.PAGE_TOKEN, batches.get(1).after()).token())
                .isEmpty();
    }

    @Test
    void whatIsNoCursorOfAWalkIsRefused() {
        for (String text : List.of("", "x", "{}", "{\"v\":2}", "{\"v\":1,\"other\":2}", "{\"v\":1} {}", "null")) {
            assertThatThrownBy(() -> ChangeWalk.by("at", Resume.NONE, Optional.of(new Cursor(text))))
                    .as(text)
                    .isInstanceOf(StateCorrupt.class);
        }
    }

    @Test
    void anOrderedWalkGoesOnFromTheLastRecordOfAnyPage() {
        List<Batch> batches = read(
                ChangeWalk.by("at", Resume.RECORD_CURSOR, Optional.empty()),
                page(0, "n1", at(1, "01"), at(2, "02"), at(3, "02")),
                page(1, null, at(4, "02"), at(5, "04")));
        ChangeWalk next =
                ChangeWalk.by("at", Resume.RECORD_CURSOR, batches.get(0).after());
        assertThat(next.token()).isEmpty();
        assertThat(next.since()).contains("2025-01-02T00:00:00Z");
        assertThat(records(next, page(0, null, at(2, "02"), at(3, "02"), at(4, "02"), at(5, "04"))))
                .containsExactly(at(4, "02"), at(5, "04"));
    }

    @Test
    void anOrderedWalkThatComesOutOfOrderIsRefused() {
        for (PageBatch[] pages : List.of(new PageBatch[] {page(0, null, at(1, "02"), at(2, "01"))}, new PageBatch[] {
            page(0, "n1", at(1, "02")), page(1, null, at(2, "01"))
        })) {
            assertThatThrownBy(() -> read(ChangeWalk.by("at", Resume.RECORD_CURSOR, Optional.empty()), pages))
                    .isInstanceOf(PaginationContract.class)
                    .hasMessageContaining("order of 'at'");
        }
    }

    @Test
    void aBrokenAttemptOfAnOrderedPageMayComeAgain() {
        PageBatch broken = new PageBatch(0, 1, lines(at(9, "29")), false, Optional.empty(), Headers.NONE, Values.NONE);
        PageBatch again = new PageBatch(0, 2, lines(at(1, "02")), true, Optional.empty(), Headers.NONE, Values.NONE);
        assertThat(read(ChangeWalk.by("at", Resume.RECORD_CURSOR, Optional.empty()), broken, again))
                .hasSize(2);
    }

    /** Found by a simulation: the mark of the second record was lost with the cursor of the first page. */
    @Test
    void aWalkThatBreaksOffStillKnowsWhatWasReadBeforeAndHasNotComeAgain() {
        Cursor end = last(read(
                ChangeWalk.by("at", Resume.RECORD_CURSOR, Optional.empty()), page(0, null, at(1, "03"), at(2, "03"))));
        Optional<Cursor> broken = read(
                        ChangeWalk.by("at", Resume.RECORD_CURSOR, Optional.of(end)), page(0, "n1", at(1, "03")))
                .get(0)
                .after();
        ChangeWalk again = ChangeWalk.by("at", Resume.RECORD_CURSOR, broken);
        assertThat(records(again, page(0, "n1", at(1, "03")), page(1, null, at(2, "03"), at(3, "04"))))
                .containsExactly(at(3, "04"));
    }

    /** An API that gives what lies beyond a value: however the pages fall, a walk broken after any of them loses and doubles nothing. */
    @Test
    void anExclusiveApiNeverLosesTiesAcrossAPageEdge() {
        String[] all = {
            at(1, "01"), at(2, "02"), at(3, "02"), at(4, "02"), at(5, "03"), at(6, "05"), at(7, "05"), at(8, "06")
        };
        for (int size = 1; size <= all.length; size++) {
            for (int broken = 1; broken * size < all.length; broken++) {
                List<String> came = new ArrayList<>();
                Optional<Cursor> cursor = Optional.empty();
                for (int run = 0; run < 2; run++) {
                    ChangeWalk walk =
                            ChangeWalk.by("at", Resume.RECORD_CURSOR, cursor).exclusive();
                    String since = walk.since().orElse("");
                    String[] asked = Arrays.stream(all)
                            .filter(record -> since.isEmpty() || record.compareTo(beyond(record, since)) > 0)
                            .toArray(String[]::new);
                    List<PageBatch> pages = pages(asked, size);
                    List<Batch> batches =
                            read(walk, (run == 0 ? pages.subList(0, broken) : pages).toArray(PageBatch[]::new));
                    batches.forEach(batch -> {
                        for (int i = 0; i < batch.records().size(); i++) {
                            came.add(batch.records().text(i));
                        }
                    });
                    cursor = batches.get(batches.size() - 1).after();
                }
                assertThat(came).as(broken + " pages of " + size).containsExactly(all);
            }
        }
    }

    /** What {@code record} would be if its time were {@code since}; so the greater text is the later record. */
    private static String beyond(String record, String since) {
        return record.replaceAll("2025[^\"]*", since);
    }

    private static List<PageBatch> pages(String[] records, int size) {
        List<PageBatch> pages = new ArrayList<>();
        for (int from = 0; from < records.length; from += size) {
            int to = Math.min(records.length, from + size);
            pages.add(page(pages.size(), to < records.length ? "n" + to : null, Arrays.copyOfRange(records, from, to)));
        }
        return pages;
    }

    @Test
    void withoutItsTokenAWalkBeginsWhereTheLastFinishedOneEnded() {
        Cursor end = last(walk(Optional.empty(), page(0, null, at(1, "03"))));
        Cursor broken = read(
                        ChangeWalk.by("at", Resume.PAGE_TOKEN, Optional.of(end)),
                        page(0, "n1", at(1, "03"), at(2, "05")))
                .get(0)
                .after()
                .orElseThrow();
        ChangeWalk again = ChangeWalk.by("at", Resume.PAGE_TOKEN, Optional.of(ChangeWalk.withoutToken(broken)));
        assertThat(again.token()).isEmpty();
        assertThat(again.since()).contains("2025-01-03T00:00:00Z");
        assertThat(ChangeWalk.withoutToken(end)).isSameAs(end);
    }

    private static ChangeWalk walk() {
        return ChangeWalk.by("at", Resume.NONE, Optional.empty());
    }

    private static List<Batch> walk(Optional<Cursor> from, PageBatch... pages) {
        return read(ChangeWalk.by("at", Resume.NONE, from), pages);
    }

    private static List<Batch> read(ChangeWalk walk, PageBatch... pages) {
        return Objects.requireNonNull(
                walk.read(SLICE, Flux.just(pages)).collectList().block(Duration.ofSeconds(5)));
    }

    private static Cursor last(List<Batch> batches) {
        return batches.get(batches.size() - 1).after().orElseThrow();
    }

    private static List<String> records(ChangeWalk walk, PageBatch... pages) {
        List<String> records = new ArrayList<>();
        for (Batch batch : read(walk, pages)) {
            for (int i = 0; i < batch.records().size(); i++) {
                records.add(batch.records().text(i));
            }
        }
        return records;
    }

    private static PageBatch page(long number, @Nullable String next, String... records) {
        return new PageBatch(number, 1, lines(records), true, Optional.ofNullable(next), Headers.NONE, Values.NONE);
    }

    private static RecordBytes lines(String... records) {
        return records.length == 0
                ? RecordBytes.EMPTY
                : RecordBytes.ofLines(Shape.EMPTY, Arrays.copyOf(records, records.length));
    }

    private static String at(int id, String day) {
        String time = day.contains("T") ? day + ":00:00Z" : day + "T00:00:00Z";
        return "{\"id\":" + id + ",\"at\":\"2025-01-" + time + "\"}";
    }
}
