package io.penstock.client.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

/** A flux that begins before it is subscribed to. */
class BegunTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static <T> Begun<T> begun(Flux<T> source) {
        Begun<T> begun = Begun.of(source, Context.of("who", "walk"));
        begun.begin();
        return begun;
    }

    @Test
    void holdsOneValueAndAsksForNoMore() {
        List<Integer> made = new ArrayList<>();
        Begun<Integer> begun = begun(Flux.range(1, 5).doOnNext(made::add));
        assertThat(made).containsExactly(1);
        StepVerifier.create(begun, 0)
                .thenRequest(1)
                .expectNext(1)
                .then(() -> assertThat(made).containsExactly(1, 2))
                .thenRequest(10)
                .expectNext(2, 3, 4, 5)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void tellsAnEndThatCameBeforeAnybodyHadSubscribed() {
        StepVerifier.create(begun(Flux.empty())).expectComplete().verify(LIMIT);
        StepVerifier.create(begun(Flux.just(1))).expectNext(1).expectComplete().verify(LIMIT);
        StepVerifier.create(begun(Flux.error(new IllegalStateException("early"))))
                .expectErrorMessage("early")
                .verify(LIMIT);
        StepVerifier.create(begun(Flux.concat(Flux.just(1), Flux.error(new IllegalStateException("late")))))
                .expectNext(1)
                .expectErrorMessage("late")
                .verify(LIMIT);
    }

    @Test
    void cancellingAndDisposingCancelTheSource() {
        TestPublisher<Integer> source = TestPublisher.create();
        StepVerifier.create(begun(source.flux())).thenCancel().verify(LIMIT);
        source.assertCancelled();
        TestPublisher<Integer> other = TestPublisher.create();
        begun(other.flux()).dispose();
        other.assertCancelled();
    }

    @Test
    void nothingIsAskedForOnceDisposedOf() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Begun<Integer> begun = Begun.of(Flux.<Integer>never().doOnCancel(() -> cancelled.set(true)), Context.empty());
        begun.dispose();
        begun.begin();
        assertThat(cancelled).isTrue();
    }

    @Test
    void theSourceSeesTheContextOfWhoIsToCome() {
        Flux<String> source = Flux.deferContextual(context -> Flux.just(context.<String>get("who")));
        StepVerifier.create(begun(source)).expectNext("walk").expectComplete().verify(LIMIT);
    }
}
