package io.penstock.retry;

import io.penstock.linear.Holder;
import io.penstock.linear.Interleavings;
import io.penstock.linear.StoppedTime;
import io.penstock.retry.RetryBudget.Cost;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Asks, cancels, spends and gives back in every interleaving that a model checker finds: when all have ended, every token is held,
 * spent or in the bucket, and nobody waits beside enough of them. Budget: 15 s.
 *
 * <p>The bucket holds twenty tokens when a scenario begins: one dear repeat and a cheap one.
 */
@Param(name = "asker", gen = IntGen.class, conf = "0:3")
public class RetryBudgetInterleavingTest {

    private static final int FULL = 20;

    private final RetryBudget budget = new RetryBudget(new StoppedTime(), FULL);
    private final List<Holder<Lease>> askers =
            IntStream.range(0, 4).mapToObj(i -> new Holder<>(Lease::giveBack)).toList();
    private final boolean[] spent = new boolean[4];

    private static Cost cost(int asker) {
        return asker % 2 == 0 ? Cost.TRANSIENT : Cost.THROTTLE;
    }

    @Operation
    public void ask(@Param(name = "asker") int asker) {
        askers.get(asker).ask(budget.take(cost(asker)));
    }

    @Operation
    public void cancel(@Param(name = "asker") int asker) {
        askers.get(asker).cancel();
    }

    @Operation
    public void giveBack(@Param(name = "asker") int asker) {
        askers.get(asker).settle(Lease::giveBack);
    }

    @Operation
    public void spend(@Param(name = "asker") int asker) {
        askers.get(asker).settle(lease -> {
            spent[asker] = true;
            lease.spend();
        });
    }

    @Validate
    public void noTokenIsLostAndNobodyWaitsBesideEnough() {
        int tokens = FULL;
        int held = 0;
        int waiting = 0;
        for (int i = 0; i < askers.size(); i++) {
            boolean holds = askers.get(i).held() != null;
            held += holds ? 1 : 0;
            tokens -= holds || spent[i] ? cost(i).tokens() : 0;
            waiting += askers.get(i).waits() ? 1 : 0;
        }
        // who stands first waits for what it costs, and a cheap one may stand behind a dear one
        boolean idle = waiting > 0 && tokens >= Cost.TRANSIENT.tokens();
        RetryBudget.Usage usage = budget.usage();
        if (!usage.equals(new RetryBudget.Usage(tokens, waiting, held))
                || idle
                || onlyCheapWait() && tokens >= Cost.THROTTLE.tokens()) {
            throw new IllegalStateException(
                    held + " leases are held, " + waiting + " wait, " + tokens + " tokens are left, but " + usage);
        }
    }

    private boolean onlyCheapWait() {
        return (askers.get(1).waits() || askers.get(3).waits())
                && !askers.get(0).waits()
                && !askers.get(2).waits();
    }

    @Test
    void noInterleavingLosesATokenOrAWaiter() {
        Interleavings.check(RetryBudgetInterleavingTest.class, 4);
    }
}
