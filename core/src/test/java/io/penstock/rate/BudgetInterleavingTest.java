package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.penstock.rate.Permits.Permit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Asks, cancels and releases in every interleaving that a model checker finds: when all have ended, as many slots are taken as
 * there are receivers that hold a permit, and nobody waits beside a free one. Budget: a minute, most of it to instrument the JVM.
 */
@Param(name = "asker", gen = IntGen.class, conf = "0:3")
public class BudgetInterleavingTest {

    private static final int SLOTS = 1;

    private final Permits budget = new Budget(new StoppedTime(), new SplittableRandom(7), Optional.empty())
            .spending(List.of(new BudgetTerms("key", "", List.of(), SLOTS, false)));
    private final List<Receiver> receivers =
            IntStream.range(0, 4).mapToObj(i -> new Receiver()).toList();

    @Operation
    public void ask(@Param(name = "asker") int asker) {
        Receiver receiver = receivers.get(asker);
        if (receiver.asked.compareAndSet(false, true)) {
            budget.acquire(1).subscribe(receiver);
        }
    }

    @Operation
    public void askNow(@Param(name = "asker") int asker) {
        Receiver receiver = receivers.get(asker);
        if (receiver.asked.compareAndSet(false, true)) {
            budget.acquireNow(1, Asker.ANYBODY).ifPresent(permit -> receiver.permit = permit);
        }
    }

    @Operation
    public void cancel(@Param(name = "asker") int asker) {
        Receiver receiver = receivers.get(asker);
        Subscription subscription = receiver.subscription;
        if (subscription != null) {
            receiver.cancelled = true;
            subscription.cancel();
        }
    }

    @Operation
    public void release(@Param(name = "asker") int asker) {
        Receiver receiver = receivers.get(asker);
        Permit permit = receiver.permit;
        if (permit != null) {
            receiver.released = true;
            permit.release();
        }
    }

    @Validate
    public void noSlotIsLostAndNobodyWaitsForAFreeOne() {
        long held = receivers.stream().filter(Receiver::holds).count();
        Permits.Usage usage = budget.usage();
        if (usage.inFlight() != held || usage.waiting() > 0 && held < SLOTS) {
            throw new IllegalStateException(held + " permits are held, but " + usage);
        }
    }

    @Test
    void noInterleavingLosesASlot() {
        ModelCheckingOptions options = new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(150)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class);
        assertThatCode(() -> options.check(BudgetInterleavingTest.class)).doesNotThrowAnyException();
    }

    /** Keeps its permit until told otherwise. */
    private static final class Receiver implements CoreSubscriber<Permit> {
        private final AtomicBoolean asked = new AtomicBoolean();
        private volatile @Nullable Subscription subscription;
        private volatile @Nullable Permit permit;
        private volatile boolean cancelled;
        private volatile boolean released;

        @Override
        public void onSubscribe(Subscription s) {
            subscription = s;
            s.request(1);
        }

        @Override
        public void onNext(Permit next) {
            permit = next;
        }

        @Override
        public void onError(Throwable t) {
            throw new IllegalStateException(t);
        }

        @Override
        public void onComplete() {}

        boolean holds() {
            return permit != null && !cancelled && !released;
        }
    }

    /** No limit but the slots: nothing is ever scheduled. */
    private static final class StoppedTime implements Scheduler {
        @Override
        public Disposable schedule(Runnable task) {
            return Disposables.disposed();
        }

        @Override
        public long now(TimeUnit unit) {
            return 0;
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    }
}
