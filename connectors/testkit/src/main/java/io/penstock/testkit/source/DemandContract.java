package io.penstock.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Batch;
import io.penstock.record.Slice;
import io.penstock.source.Source;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.subscriber.TestSubscriber;

/**
 * Nothing is asked of the API before somebody asks for its records.
 *
 * <p>Silence is not waited for: in {@link SourceRig#stepByStep()} every answer arrives before the call that asked for it
 * returns, and what was put off is done in {@link SourceRig#settle()}. So the count of requests is final whenever it is read.
 */
public interface DemandContract extends SourceHooks {

    /** A request that was put off would be sent in here, by a source that does not wait for demand. */
    @Test
    default void nothingIsCalledBeforeSubscriptionAndDemand() {
        step((rig, source, slice) -> {
            long before = rig.requests();
            Flux<Batch> read = source.read(slice, Optional.empty());
            rig.settle();
            assertThat(rig.requests() - before)
                    .as("requests before subscription")
                    .isZero();
            TestSubscriber<Batch> reader = subscribe(read, 0);
            rig.settle();
            assertThat(rig.requests() - before).as("requests before demand").isZero();
            reader.cancel();
            rig.settle();
            assertThat(rig.requests() - before)
                    .as("requests when nobody ever asked")
                    .isZero();
        });
    }

    /** One page is in the reader's hands, and one more may be on its way. */
    @Test
    default void atMostOnePageIsReadBeyondDemand() {
        step((rig, source, slice) -> {
            long before = rig.requests();
            TestSubscriber<Batch> reader = subscribe(source.read(slice, Optional.empty()), 1);
            for (long asked = 1; asked <= 2; asked++) {
                rig.settle();
                assertThat(reader.getReceivedOnNext()).as("batches asked for").hasSize((int) asked);
                assertThat(rig.requests() - before)
                        .as("requests for %s pages", asked)
                        .isBetween(asked, asked + pagesAhead());
                reader.request(1);
            }
            reader.cancel();
        });
    }

    /** Nor does a request that was put off come after the cancellation. */
    @Test
    default void cancellingStopsTheCalls() {
        step((rig, source, slice) -> {
            TestSubscriber<Batch> reader = subscribe(source.read(slice, Optional.empty()), 2);
            rig.settle();
            assertThat(reader.getReceivedOnNext()).hasSize(2);
            reader.cancel();
            long after = rig.requests();
            rig.settle();
            assertThat(rig.requests()).as("requests after cancelling").isEqualTo(after);
        });
    }

    private static TestSubscriber<Batch> subscribe(Flux<Batch> read, long demand) {
        TestSubscriber<Batch> reader =
                TestSubscriber.builder().initialRequest(demand).build();
        read.subscribe(reader);
        return reader;
    }

    private void step(Step step) {
        try (SourceRig rig = SourceRig.stepByStep();
                Source source = open(rig)) {
            Slice slice = Sources.warm(source, deepStream());
            rig.settle();
            step.with(rig, source, slice);
        }
    }

    /** One test. */
    @FunctionalInterface
    interface Step {

        /** Uses a source, and a slice whose first page was read once before. */
        void with(SourceRig rig, Source source, Slice slice);
    }
}
