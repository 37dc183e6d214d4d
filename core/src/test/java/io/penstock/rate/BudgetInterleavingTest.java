package io.penstock.rate;

import io.penstock.linear.Holder;
import io.penstock.linear.Interleavings;
import io.penstock.linear.StoppedTime;
import io.penstock.rate.Permits.Permit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Asks, cancels and releases in every interleaving that a model checker finds: when all have ended, as many slots are taken as
 * there are receivers that hold a permit, and nobody waits beside a free one. Budget: 15 s, and as
 * much again to instrument the JVM where it comes first.
 */
@Param(name = "asker", gen = IntGen.class, conf = "0:3")
public class BudgetInterleavingTest {

    private static final int SLOTS = 1;

    private final Permits budget = new Budget(new StoppedTime(), new SplittableRandom(7), Optional.empty())
            .spending(List.of(new BudgetTerms("key", "", List.of(), SLOTS, false)));
    /** A budget takes back by itself what was granted to one who cancels. */
    private final List<Holder<Permit>> askers = IntStream.range(0, 4)
            .mapToObj(i -> new Holder<Permit>(permit -> {}))
            .toList();

    @Operation
    public void ask(@Param(name = "asker") int asker) {
        askers.get(asker).ask(budget.acquire(1));
    }

    @Operation
    public void askNow(@Param(name = "asker") int asker) {
        askers.get(asker).take(() -> budget.acquireNow(1, Asker.ANYBODY));
    }

    @Operation
    public void cancel(@Param(name = "asker") int asker) {
        askers.get(asker).cancel();
    }

    @Operation
    public void release(@Param(name = "asker") int asker) {
        askers.get(asker).settle(Permit::release);
    }

    @Validate
    public void noSlotIsLostAndNobodyWaitsForAFreeOne() {
        long held = askers.stream().filter(asker -> asker.held() != null).count();
        Permits.Usage usage = budget.usage();
        if (usage.inFlight() != held || usage.waiting() > 0 && held < SLOTS) {
            throw new IllegalStateException(held + " permits are held, but " + usage);
        }
    }

    @Test
    void noInterleavingLosesASlot() {
        Interleavings.check(BudgetInterleavingTest.class, 4);
    }
}
