package io.penstock.retry;

import io.penstock.retry.RetryBudget.Usage;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.scheduler.Scheduler;

/**
 * All retry budgets of a process, each kept once: whoever calls the same server shares one.
 *
 * <p>Safe for concurrent use. A budget lives as long as this object: there are as many as there are origins and credentials.
 */
public final class RetryBudgets {

    private final Scheduler timer;
    private final Map<String, Named> byKey = new ConcurrentHashMap<>();

    private record Named(String name, RetryBudget budget) {}

    /** No budget yet; {@code timer} is clock and timer of all that will be made. */
    public RetryBudgets(Scheduler timer) {
        this.timer = timer;
    }

    /** {@link #budget(String, String)} of a budget that is not shown unless somebody else has named it. */
    public RetryBudget budget(String key) {
        return budget(key, "");
    }

    /**
     * The budget of {@code key}: one instance, made at the first call.
     *
     * @param key origin and identity of the credential; never shown
     * @param name what people are shown, such as the origin; no secret; empty for none
     */
    public RetryBudget budget(String key, String name) {
        return byKey.computeIfAbsent(key, made -> new Named(name, new RetryBudget(timer)))
                .budget();
    }

    /** How those with a name stand now; of several with one name the fewest tokens, and the sums of what waits and is out. */
    public Map<String, Usage> usages() {
        Map<String, Usage> usages = new TreeMap<>();
        for (Named one : byKey.values()) {
            if (!one.name().isEmpty()) {
                usages.merge(one.name(), one.budget().usage(), RetryBudgets::together);
            }
        }
        return usages;
    }

    private static Usage together(Usage a, Usage b) {
        return new Usage(Math.min(a.tokens(), b.tokens()), a.waiting() + b.waiting(), a.out() + b.out());
    }
}
