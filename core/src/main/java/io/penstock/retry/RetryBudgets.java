package io.penstock.retry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.scheduler.Scheduler;

/**
 * All retry budgets of a process, each kept once: whoever calls the same server shares one.
 *
 * <p>Safe for concurrent use. A budget lives as long as this object: there are as many as there are origins and credentials.
 */
public final class RetryBudgets {

    private final Scheduler timer;
    private final Map<String, RetryBudget> byKey = new ConcurrentHashMap<>();

    /** No budget yet; {@code timer} is clock and timer of all that will be made. */
    public RetryBudgets(Scheduler timer) {
        this.timer = timer;
    }

    /**
     * The budget of {@code key}: one instance, made at the first call.
     *
     * @param key origin and identity of the credential
     */
    public RetryBudget budget(String key) {
        return byKey.computeIfAbsent(key, made -> new RetryBudget(timer));
    }
}
