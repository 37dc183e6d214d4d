package io.penstock.breaker;

import io.penstock.breaker.CircuitBreaker.State;
import io.penstock.linear.Holder;
import io.penstock.linear.Interleavings;
import io.penstock.linear.StoppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Asks, cancels and tells results in every interleaving that a model checker finds: when all have ended, as many passes are out as
 * are held, one probe at most is among them, and nobody waits while something may pass. Budget: 15 s.
 *
 * <p>The circuit is open for no time at all when a scenario begins, so that the first one probes it and the others wait.
 */
@Param(name = "asker", gen = IntGen.class, conf = "0:3")
public class CircuitBreakerInterleavingTest {

    private final CircuitBreaker breaker = new CircuitBreaker(
            BreakerPolicy.builder()
                    .window(2)
                    .judgedFrom(1)
                    .probes(2)
                    .base(Duration.ofNanos(1))
                    .cap(Duration.ofNanos(1))
                    .build(),
            new StoppedTime(),
            () -> 0);
    private final List<Holder<Pass>> askers =
            IntStream.range(0, 4).mapToObj(i -> new Holder<>(Pass::release)).toList();

    public CircuitBreakerInterleavingTest() {
        breaker.failed(0, Duration.ZERO);
    }

    @Operation
    public void ask(@Param(name = "asker") int asker) {
        askers.get(asker).ask(breaker.enter());
    }

    @Operation
    public void cancel(@Param(name = "asker") int asker) {
        askers.get(asker).cancel();
    }

    @Operation
    public void succeed(@Param(name = "asker") int asker) {
        askers.get(asker).settle(pass -> pass.succeeded(Duration.ZERO));
    }

    @Operation
    public void fail(@Param(name = "asker") int asker) {
        askers.get(asker).settle(pass -> pass.failed(Duration.ZERO));
    }

    @Validate
    public void noPassIsLostAndNobodyWaitsBeforeAnOpenGate() {
        List<Pass> held =
                askers.stream().map(Holder::held).filter(Objects::nonNull).toList();
        long probes = held.stream().filter(Pass::probe).filter(Pass::current).count();
        long waiting = askers.stream().filter(Holder::waits).count();
        CircuitBreaker.View view = breaker.view();
        boolean probed = view.state() == State.HALF_OPEN && probes == 1;
        boolean timed = !view.untilProbe().isZero(); // the checker draws how long it stays open
        if (view.out() != held.size()
                || view.waiting() != waiting
                || waiting > 0 && !probed && !timed
                || view.state() == State.HALF_OPEN && probes > 1) {
            throw new IllegalStateException(held.size() + " passes are held, " + probes + " of them current probes, "
                    + waiting + " wait, but " + view);
        }
    }

    @Test
    void noInterleavingLosesAPassOrAWaiter() {
        Interleavings.check(CircuitBreakerInterleavingTest.class, 4);
    }
}
