package io.penstock.testkit.vault;

import static io.penstock.testkit.vault.VaultHooks.KEY;
import static io.penstock.testkit.vault.VaultHooks.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.store.Locks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Of turns. */
public interface TurnsContract extends VaultHooks {

    /** Nobody works under a name while somebody else does, in this process or another. */
    @Test
    default void oneWorksAtATime() {
        Locks here = here(KEY).locks();
        Locks there = there(KEY).locks();
        String name = VaultHooks.unused();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Mono<Long> work = Mono.fromRunnable(() -> most.accumulateAndGet(inside.incrementAndGet(), Math::max))
                .then(Mono.delay(Duration.ofMillis(5), Schedulers.parallel()))
                .doOnNext(done -> inside.decrementAndGet());

        Flux.range(0, 12)
                .flatMap(number -> (number % 2 == 0 ? here : there).hold(name, work), 12)
                .blockLast(LIMIT);

        assertThat(most).hasValue(1);
    }

    /** Who works under one name is in nobody's way under another. */
    @Test
    default void namesDoNotStandInEachOthersWay() {
        Locks here = here(KEY).locks();
        Locks there = there(KEY).locks();

        String got = here.hold(VaultHooks.unused(), there.hold(VaultHooks.unused(), Mono.just("both")))
                .block(LIMIT);

        assertThat(got).isEqualTo("both");
    }

    /** A turn is over when its work fails. */
    @Test
    default void aTurnIsGivenUpByFailure() {
        String name = VaultHooks.unused();
        assertThatThrownBy(() -> here(KEY)
                        .locks()
                        .hold(name, Mono.error(new IllegalStateException("failed")))
                        .block(LIMIT))
                .hasMessage("failed");

        assertThat(there(KEY).locks().hold(name, Mono.just("mine")).block(LIMIT))
                .isEqualTo("mine");
    }

    /** A turn is over when its work is cancelled, and so is the wait for one. */
    @Test
    default void aTurnIsGivenUpByCancellation() {
        String name = VaultHooks.unused();
        Sinks.One<String> begun = Sinks.one();
        Disposable work = here(KEY)
                .locks()
                .hold(name, Mono.defer(() -> {
                    begun.tryEmitValue("begun");
                    return Mono.never();
                }))
                .subscribe();
        begun.asMono().block(LIMIT);
        Disposable waiting = there(KEY)
                .locks()
                .hold(name, Mono.error(new AssertionError("not yet")))
                .subscribe(never -> {}, wrong -> {});
        waiting.dispose();
        work.dispose();

        assertThat(there(KEY).locks().hold(name, Mono.just("mine")).block(LIMIT))
                .isEqualTo("mine");
    }
}
