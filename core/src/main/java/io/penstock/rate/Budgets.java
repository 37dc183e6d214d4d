package io.penstock.rate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * All budgets of a process, each kept once: whoever spends the same quota waits in the same line.
 *
 * <p>Safe for concurrent use. A budget lives as long as this object: there are as many as there are origins and credentials.
 */
public final class Budgets {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final Map<String, Budget> byKey = new ConcurrentHashMap<>();

    /** No budget yet; {@code timer} is clock and timer of all that will be made. */
    public Budgets(Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
    }

    /**
     * The budget of {@code key}: one instance, made at the first call.
     *
     * <p>A later call with other limits narrows the budget for everybody: the quota belongs to the key, so all limits named
     * for it hold together, and the smallest concurrency. A limit that comes late counts everything granted before as granted
     * at that moment, because it must not be exceeded through ignorance.
     *
     * @param key origin and identity of the credential
     * @param limits all of them hold together; none for concurrency alone
     * @param concurrency how many permits may be out at once
     * @throws IllegalArgumentException if {@code concurrency} is below 1
     */
    public Permits permits(String key, List<RateLimit> limits, int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, but was " + concurrency);
        }
        Budget budget = byKey.computeIfAbsent(key, made -> new Budget(timer, random));
        budget.narrow(limits, concurrency);
        return budget;
    }
}
