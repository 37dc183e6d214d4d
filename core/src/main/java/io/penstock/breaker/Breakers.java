package io.penstock.breaker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * All breakers of a process, each kept once: whoever calls the same server learns together.
 *
 * <p>Safe for concurrent use. A breaker lives as long as this object: there are as many as there are origins and credentials.
 */
public final class Breakers {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final Map<String, CircuitBreaker> byKey = new ConcurrentHashMap<>();

    /** No breaker yet; {@code timer} is clock and timer of all that will be made. */
    public Breakers(Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
    }

    /**
     * The breaker of {@code key}: one instance, made at the first call by the policy of that call.
     *
     * @param key origin and identity of the credential
     */
    public CircuitBreaker breaker(String key, BreakerPolicy policy) {
        return byKey.computeIfAbsent(key, made -> new CircuitBreaker(policy, timer, random));
    }
}
