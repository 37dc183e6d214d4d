package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.PenstockException;
import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import io.penstock.record.Resume;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * The tests of {@link Source}: one for each MUST. Implement it in a test class of the connector.
 *
 * <p>The API behind it must stand still, and answer with pages small enough that {@link #deepStream} has at least four of them
 * in its first slice. Every wait has a limit.
 */
public interface SourceContract {

    /** The longest a single read may take. */
    Duration LIMIT = Duration.ofSeconds(60);

    /** How long silence must last to count. */
    Duration SILENCE = Duration.ofMillis(150);

    /** What makes the source. */
    SourceProvider provider();

    /** A source of its own for each call; the test closes it. */
    Source open();

    /** A source whose API refuses, such as one with a wrong credential or an address where nobody listens. */
    Source refused();

    /** How many requests the API has seen so far, from whomever. */
    long requests();

    /** The name of a stream whose first slice has at least four pages. */
    String deepStream();

    /** How many pages the source may read beyond demand; 1 unless it reads several parents' children side by side. */
    default int pagesAhead() {
        return 1;
    }

    /** The names of the streams to be read whole by the slower tests; all of them by default. */
    default List<String> streamNames() {
        return withSource(source ->
                Sources.streams(source).stream().map(info -> info.id().name()).toList());
    }

    private <T> T withSource(java.util.function.Function<Source, T> use) {
        try (Source source = open()) {
            return use.apply(source);
        }
    }

    @Test
    default void theProviderIntroducesItself() {
        assertThat(provider().name()).matches("[a-z][a-z0-9-]*");
        assertThat(provider().summary()).isNotBlank();
        assertThat(provider().settings()).allSatisfy(setting -> {
            assertThat(setting.name()).matches("[a-z][a-z0-9_]*");
            assertThat(setting.description()).as(setting.name()).endsWith(".");
        });
        assertThat(provider().settings().stream().map(s -> s.name())).doesNotHaveDuplicates();
    }

    @Test
    default void checkSucceedsMoreThanOnce() {
        withSource(source -> {
            StepVerifier.create(source.check()).expectComplete().verify(LIMIT);
            StepVerifier.create(source.check()).expectComplete().verify(LIMIT);
            return true;
        });
    }

    @Test
    default void aRefusalIsATypedErrorOfCheckAndRead() {
        try (Source source = refused()) {
            StepVerifier.create(source.check())
                    .expectError(PenstockException.class)
                    .verify(LIMIT);
            Slice slice = new Slice(
                    Sources.slice(open(), deepStream()).id(),
                    Sources.slice(open(), deepStream()).spec());
            StepVerifier.create(source.read(slice, Optional.empty()))
                    .expectError(PenstockException.class)
                    .verify(LIMIT);
        }
    }

    @Test
    default void streamsHaveUniqueNamesAndSchemasThatParse() {
        List<StreamInfo> infos = withSource(Sources::streams);
        assertThat(infos.stream().map(info -> info.id().name())).isNotEmpty().doesNotHaveDuplicates();
        infos.forEach(info -> info.schema().ifPresent(schema -> Sources.requireSchema(info, schema)));
    }

    @Test
    default void slicesAreTheSameEachTimeAndHaveUniqueKeys() {
        withSource(source -> {
            for (StreamInfo info : Sources.streams(source)) {
                List<SliceId> once = Sources.sliceIds(source, info.id());
                assertThat(once).as("slices of %s", info.id()).isNotEmpty().doesNotHaveDuplicates();
                assertThat(Sources.sliceIds(source, info.id())).isEqualTo(once);
            }
            return true;
        });
    }

    @Test
    default void slicesDoNotOverlap() {
        withSource(source -> {
            for (String name : streamNames()) {
                Set<String> all = new HashSet<>();
                for (Slice slice : Sources.slices(source, name)) {
                    Set<String> own = new HashSet<>(Sources.records(Sources.read(source, slice, Optional.empty())));
                    assertThat(Collections.disjoint(own, all))
                            .as("records of %s are in no slice before it", slice.id())
                            .isTrue();
                    all.addAll(own);
                }
            }
            return true;
        });
    }

    @Test
    default void unknownStreamsAndSlicesAreRefused() {
        withSource(source -> {
            StreamId nobody = new StreamId(Sources.streams(source).get(0).id().connection(), "no such stream");
            assertThatThrownBy(() -> source.slices(nobody)).isInstanceOf(IllegalArgumentException.class);
            Slice slice = Slice.of(nobody.slice(SliceId.ALL));
            assertThatThrownBy(() -> source.read(slice, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
            return true;
        });
    }

    @Test
    default void nothingIsCalledBeforeSubscriptionAndDemand() {
        withSource(source -> {
            Slice slice = Sources.slice(source, deepStream());
            long before = requests();
            Flux<Batch> read = source.read(slice, Optional.empty());
            StepVerifier.create(read, 0)
                    .expectSubscription()
                    .expectNoEvent(SILENCE)
                    .then(() -> assertThat(requests()).isEqualTo(before))
                    .thenCancel()
                    .verify(LIMIT);
            assertThat(requests()).isEqualTo(before);
            return true;
        });
    }

    @Test
    default void atMostOnePageIsReadBeyondDemand() {
        withSource(source -> {
            Slice slice = Sources.warm(source, deepStream());
            long before = requests();
            StepVerifier.create(source.read(slice, Optional.empty()), 1)
                    .expectNextCount(1)
                    .expectNoEvent(SILENCE)
                    .then(() -> assertThat(requests() - before).isBetween(1L, 1L + pagesAhead()))
                    .thenRequest(1)
                    .expectNextCount(1)
                    .expectNoEvent(SILENCE)
                    .then(() -> assertThat(requests() - before).isBetween(2L, 2L + pagesAhead()))
                    .thenCancel()
                    .verify(LIMIT);
            return true;
        });
    }

    @Test
    default void cancellingStopsTheCalls() {
        withSource(source -> {
            Slice slice = Sources.warm(source, deepStream());
            StepVerifier.create(source.read(slice, Optional.empty()), 2)
                    .expectNextCount(2)
                    .thenCancel()
                    .verify(LIMIT);
            StepVerifier.create(Flux.never())
                    .expectSubscription()
                    .expectNoEvent(SILENCE)
                    .thenCancel()
                    .verify(LIMIT);
            long after = requests();
            StepVerifier.create(Flux.never())
                    .expectSubscription()
                    .expectNoEvent(SILENCE)
                    .thenCancel()
                    .verify(LIMIT);
            assertThat(requests()).isEqualTo(after);
            return true;
        });
    }

    @Test
    default void aSecondSubscriptionReadsTheSameAgain() {
        withSource(source -> {
            Flux<Batch> read = source.read(Sources.slice(source, deepStream()), Optional.empty());
            List<String> once = Sources.records(Sources.collect(read));
            assertThat(once).isNotEmpty();
            assertThat(Sources.records(Sources.collect(read))).isEqualTo(once);
            return true;
        });
    }

    @Test
    default void onlyLastBatchesOfPagesCarryCursorsAndTheWalkEndsWithOne() {
        withSource(source -> {
            for (String name : streamNames()) {
                StreamInfo info = Sources.stream(source, name);
                for (Slice slice : Sources.slices(source, name)) {
                    List<Batch> batches = Sources.read(source, slice, Optional.empty());
                    assertThat(batches).as("batches of %s", slice.id()).isNotEmpty();
                    requireCursors(info, batches);
                }
            }
            return true;
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
            for (String name : streamNames()) {
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
            return true;
        });
    }

    @Test
    default void closingTwiceIsHarmless() {
        Source source = open();
        source.close();
        source.close();
    }
}
