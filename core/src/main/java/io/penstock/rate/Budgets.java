package io.penstock.rate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * All budgets of a process, each kept once: whoever spends the same quota waits in the same line.
 *
 * <p>Safe for concurrent use.
 */
public final class Budgets {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final Map<String, Permits> byKey = new ConcurrentHashMap<>();

    /** No budget yet; {@code timer} is clock and timer of all that will be made. */
    public Budgets(Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
    }

    /**
     * The budget of {@code key}, made at the first call.
     *
     * <p>Limits belong to the key: a later call with other limits gets a budget of its own, because the two disagree on what
     * the quota is and neither may be exceeded through the other's memory.
     *
     * @param key origin and identity of the credential
     * @param limits all of them hold together; none for concurrency alone
     * @param concurrency how many permits may be out at once, at least 1
     */
    public Permits permits(String key, List<RateLimit> limits, int concurrency) {
        return byKey.computeIfAbsent(
                key + " " + limits + " " + concurrency, made -> new Budget(limits, concurrency, timer, random));
    }
}
