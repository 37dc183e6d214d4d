package io.penstock.rate;

import io.penstock.store.ByteStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * All budgets of a process, each kept once: whoever spends the same quota waits in the same queue.
 *
 * <p>Safe for concurrent use. A budget lives as long as this object: there are as many as there are origins and credentials.
 */
public final class Budgets {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final @Nullable ByteStore store;
    private final @Nullable Clock clock;
    private final Map<String, Budget> byKey = new ConcurrentHashMap<>();

    /** No budget yet; {@code timer} is clock and timer of all that will be made. */
    public Budgets(Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
        this.store = null;
        this.clock = null;
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
        this.store = store;
        this.clock = clock;
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
        Budget budget = byKey.computeIfAbsent(terms.key(), key -> make(terms));
        budget.narrow(terms);
        return budget;
    }

    private Budget make(BudgetTerms terms) {
        Budget made = new Budget(terms.name(), timer, random);
        if (store != null && clock != null) {
            made.keepIn(store, "quota-" + digest(terms.key()), clock);
        }
        return made;
    }

    /** A key names a credential, if not its secret: outside of this process only its digest is seen. */
    private static String digest(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 16);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    /** How all budgets stand, in no order. */
    public List<BudgetState> states() {
        return byKey.values().stream().map(Budget::state).toList();
    }
}
