package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.rate.Permits.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A receiver may throw what no operator catches: a blocking-call detector does, out of a cancellation. Under 1 s. */
class ThrownDuringHandOverTest {

    private final Permits permits =
            new Budgets(VirtualTimeScheduler.create(), new SplittableRandom(7)).permits("key", List.of(), 2);
    private final List<Permit> taken = new ArrayList<>();

    /** Throws out of {@code onNext}, after {@code first}. */
    private static final class Thrower implements CoreSubscriber<Permit> {
        private final Runnable first;
        private Subscription subscription;

        Thrower(Runnable first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(1);
        }

        @Override
        public void onNext(Permit permit) {
            first.run();
            throw new AssertionError("blocked");
        }

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onComplete() {}
    }

    @Test
    void aReceiverThatThrowsHasNotTakenThePermit() {
        Thrower thrower = new Thrower(() -> {});
        assertThatThrownBy(() -> permits.acquire(1).subscribe(thrower)).hasMessage("blocked");
        assertThat(permits.usage().inFlight()).isZero();
    }

    @Test
    void aReceiverThatThrowsAndIsCancelledByTheSameThreadLosesNoSlot() {
        Thrower thrower = new Thrower(() -> {});
        assertThatThrownBy(() -> permits.acquire(1).subscribe(thrower)).hasMessage("blocked");
        thrower.subscription.cancel();
        assertThat(permits.usage().inFlight()).isZero();
    }

    @Test
    void whoAskedWhileAnotherThrewIsServedAllTheSame() {
        Thrower thrower = new Thrower(() -> permits.acquire(1).subscribe(taken::add));
        assertThatThrownBy(() -> permits.acquire(1).subscribe(thrower)).hasMessage("blocked");
        assertThat(taken).hasSize(1);
    }
}
