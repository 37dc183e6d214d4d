package io.penstock.rate;

import io.penstock.store.ByteStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * All budgets of a process, each kept once: whoever spends the same quota waits in the same queue.
 *
 * <p>Safe for concurrent use. A budget lives as long as this object: there are as many as there are origins and credentials.
 */
public final class Budgets {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final Optional<Kept> kept;
    private final Map<String, Budget> families = new ConcurrentHashMap<>();

    /** No budget yet; {@code timer} is clock and timer of all that will be made. */
    public Budgets(Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
        this.kept = Optional.empty();
    }

    /**
     * As {@link #Budgets(Scheduler, RandomGenerator)}; what is spent of limits of an hour and longer is kept in {@code store}
     * and counts after a restart.
     *
     * <p>Nothing is granted under such a limit that is not stored as spent, so that not even a killed run is forgotten; a
     * hundredth of the quota is stored ahead and lost with it. If the store fails, those who wait get its error.
     *
     * @param clock wall clock: the time that goes on between two runs
     */
    public Budgets(Scheduler timer, RandomGenerator random, ByteStore store, Clock clock) {
        this.timer = timer;
        this.random = random;
        this.kept = Optional.of(new Kept(store, clock));
    }

    /** {@link #permits(BudgetTerms)} of a budget that is shown without a name and does not learn. */
    public Permits permits(String key, List<RateLimit> limits, int concurrency) {
        return permits(new BudgetTerms(key, "", limits, concurrency, false));
    }

    /**
     * The budget of a key: one instance, made at the first call.
     *
     * <p>A later call with other limits narrows the budget for everybody: the quota belongs to the key, so all limits named
     * for it hold together, and the smallest concurrency. A limit that comes late counts everything granted before as granted
     * at that moment, because it must not be exceeded through ignorance.
     */
    public Permits permits(BudgetTerms terms) {
        return together(terms.key(), List.of(terms));
    }

    /**
     * Leave that spends from several budgets at once: a permit is granted when all of them allow it, and counts in all of them
     * from that instant on.
     *
     * <p>While one waits for a budget that others do not need, they pass; for what both need, the order stays. Each of them is
     * as {@link #permits(BudgetTerms)} has it. What a server tells of its quota counts for all of them, as the strictest reading.
     *
     * @param family what may be spent together, such as origin and identity of the credential; a budget belongs to one family.
     *     The first budget ever named of a family is the one that most requests spend from
     * @param spent the widest last
     * @throws IllegalArgumentException if {@code spent} is empty
     */
    public Permits together(String family, List<BudgetTerms> spent) {
        if (spent.isEmpty()) {
            throw new IllegalArgumentException("a request spends from one budget at least");
        }
        return families.computeIfAbsent(family, key -> new Budget(timer, random, kept))
                .spending(spent);
    }

    /** Where what is spent of long limits outlives the process. */
    record Kept(ByteStore store, Clock clock) {

        /** A key names a credential, if not its secret: outside of this process only its digest is seen. */
        String entry(String key) {
            try {
                byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
                return "quota-" + HexFormat.of().formatHex(sum, 0, 16);
            } catch (NoSuchAlgorithmException everyJvmHasIt) {
                throw new IllegalStateException(everyJvmHasIt);
            }
        }
    }

    /** How all budgets stand, each family's in the order they were named. */
    public List<BudgetState> states() {
        return families.values().stream()
                .flatMap(family -> family.states().stream())
                .toList();
    }
}
