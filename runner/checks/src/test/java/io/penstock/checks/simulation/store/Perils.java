package io.penstock.checks.simulation.store;

import io.penstock.checks.simulation.fate.Blow;
import io.penstock.checks.simulation.fate.Fate;
import io.penstock.checks.simulation.fate.Operation;
import io.penstock.checks.simulation.time.Clockwork;
import io.penstock.checks.simulation.time.Trace;
import io.penstock.error.SinkFailure.SinkTransient;
import java.time.Duration;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;

/** What the calls of one process pass through on their way to what is durable, and on their way back. */
public final class Perils {

    private final Fate fate;
    private final Clockwork clock;
    private final Trace trace;
    private long hangingSince = Long.MAX_VALUE;
    private int saving;

    /** Perils of the process of {@code clock}. */
    public Perils(Fate fate, Clockwork clock, Trace trace) {
        this.fate = fate;
        this.clock = clock;
        this.trace = trace;
    }

    /** {@code effect}, which takes place once if nothing befalls {@code operation}. */
    <T> Mono<T> pass(Operation operation, String name, Callable<T> effect) {
        return Mono.defer(() -> {
            if (clock.halted()) {
                return Mono.never();
            }
            trace.add(clock.now(), operation + " " + name);
            return struck(operation, name, late(operation).then(Mono.fromCallable(effect)));
        });
    }

    /** As {@link #pass}, with another peril behind the effect: it has taken place, but nobody is told. */
    <T> Mono<T> pass(Operation operation, Operation answer, String name, Callable<T> effect) {
        return pass(operation, name, effect)
                .flatMap(done -> clock.halted() ? Mono.never() : struck(answer, name, Mono.just(done)));
    }

    private <T> Mono<T> struck(Operation operation, String name, Mono<T> otherwise) {
        Blow blow = fate.on(operation);
        if (blow != Blow.NOTHING) {
            trace.add(clock.now(), blow + " at " + operation + " " + name);
        }
        return switch (blow) {
            case NOTHING -> otherwise;
            case FAIL ->
                late(operation).then(Mono.error(() -> new SinkTransient(operation + " " + name + " did not work")));
            case HANG -> hang();
            case HALT -> halt();
        };
    }

    private <T> Mono<T> hang() {
        hangingSince = Math.min(hangingSince, clock.now());
        return Mono.never();
    }

    private <T> Mono<T> halt() {
        clock.halt();
        return Mono.never();
    }

    private Mono<Long> late(Operation operation) {
        long nanos = fate.delay(operation);
        return nanos == 0 ? Mono.just(0L) : Mono.delay(Duration.ofNanos(nanos), clock);
    }

    /** Since when a call hangs that nobody will end; a time that never comes if none does. */
    public long hangingSince() {
        return hangingSince;
    }

    /** Counts {@code work} among what is being stored. */
    <T> Mono<T> save(Mono<T> work) {
        return Mono.defer(() -> {
            saving++;
            return work.doFinally(signal -> saving--);
        });
    }

    /** Whether something of the quota is being stored or read. */
    public boolean saving() {
        return saving > 0;
    }

    boolean halted() {
        return clock.halted();
    }
}
