package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Resume;
import io.penstock.record.Slice;
import io.penstock.record.StreamInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What a read of a slice brings, and where it can be taken up again. */
public interface WalkContract extends SourceHooks {

    @Test
    default void aSecondSubscriptionReadsTheSameAgain() {
        withSource(source -> {
            Flux<Batch> read = source.read(Sources.slice(source, deepStream()), Optional.empty());
            List<String> once = Sources.records(Sources.collect(read));
            assertThat(once).isNotEmpty();
            assertThat(Sources.records(Sources.collect(read))).isEqualTo(once);
        });
    }

    @Test
    default void onlyLastBatchesOfPagesCarryCursorsAndTheWalkEndsWithOne() {
        withSource(source -> {
            for (String name : streamNames(source)) {
                StreamInfo info = Sources.stream(source, name);
                for (Slice slice : Sources.slices(source, name)) {
                    List<Batch> batches = Sources.read(source, slice, Optional.empty());
                    assertThat(batches).as("batches of %s", slice.id()).isNotEmpty();
                    requireCursors(info, batches);
                }
            }
        });
    }

    private static void requireCursors(StreamInfo info, List<Batch> batches) {
        int end = batches.size() - 1;
        for (int i = 0; i <= end; i++) {
            Batch batch = batches.get(i);
            boolean due = i == end || (batch.pageEnd() && info.resume() != Resume.NONE);
            assertThat(batch.after().isPresent())
                    .as("cursor after batch %s, page %s of %s", i, batch.page(), batch.slice())
                    .isEqualTo(due);
            assertThat(batch.page())
                    .as("page of batch %s of %s", i, batch.slice())
                    .isGreaterThanOrEqualTo(batches.get(Math.max(0, i - 1)).page());
        }
    }

    @Test
    default void readingAgainFromACursorEmitsExactlyTheLaterRecords() {
        withSource(source -> {
            for (String name : streamNames(source)) {
                StreamInfo info = Sources.stream(source, name);
                Slice slice = Sources.slice(source, name);
                List<Batch> batches = Sources.read(source, slice, Optional.empty());
                for (int i : List.of(0, batches.size() / 2, batches.size() - 1)) {
                    Optional<Cursor> cursor = batches.get(i).after();
                    if (cursor.isPresent() && (info.incremental() || i < batches.size() - 1)) {
                        // A first read is not told what was deleted before it, a later one may be: that does no harm.
                        List<String> later =
                                Sources.alive(info, Sources.records(batches.subList(i + 1, batches.size())));
                        assertThat(Sources.alive(info, Sources.records(Sources.read(source, slice, cursor))))
                                .as("records of %s after batch %s of %s", slice.id(), i + 1, batches.size())
                                .containsExactlyInAnyOrderElementsOf(later);
                    }
                }
            }
        });
    }
}
