package io.penstock.testkit.model.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Admits at most so many requests of one credential in any half-open window. Safe for concurrent use.
 *
 * <p>Without a limit it admits everything and only watches, over windows of one second. What it refuses does not count
 * against the limit; it counts in {@link #highestAsked}, which tells whether a client keeps to the limit by itself.
 */
public final class RateGate {

    private static final long SECOND = 1_000_000_000L;

    private final int limit;
    private final long window;
    private final Map<String, SlidingWindow> windows = new HashMap<>();
    private final Map<String, SlidingWindow> asked = new HashMap<>();
    private int highest;
    private int highestAsked;

    /**
     * What was decided about one request.
     *
     * @param admitted whether it may pass
     * @param remaining how many more would pass now
     * @param seconds until the next request would pass, or, if more would pass now, until one more would; rounded up
     */
    public record Verdict(boolean admitted, int remaining, long seconds) {}

    /**
     * A gate.
     *
     * @param limit requests per window and credential; 0 for no limit
     * @param window longer than zero
     */
    public RateGate(int limit, Duration window) {
        this.limit = limit;
        this.window = window.toNanos();
    }

    /** Whether there is a limit. */
    public boolean limited() {
        return limit > 0;
    }

    /** The policy as a RateLimit-Policy field has it. */
    public String policy() {
        return "\"default\";q=" + limit + ";w=" + Math.max(1, (window + SECOND - 1) / SECOND);
    }

    /**
     * Decides about one request.
     *
     * @param credential whose it is
     * @param now in nanoseconds, from a clock that never goes backwards
     */
    public synchronized Verdict admit(String credential, long now) {
        ask(credential, now);
        SlidingWindow admitted = windows.computeIfAbsent(credential, name -> new SlidingWindow(window));
        int count = admitted.count(now);
        boolean passes = !limited() || count < limit;
        if (passes) {
            admitted.add(now);
            count++;
            highest = Math.max(highest, count);
        }
        long seconds = (admitted.untilFree(now) + SECOND - 1) / SECOND;
        return new Verdict(passes, Math.max(0, limit - count), seconds);
    }

    private void ask(String credential, long now) {
        SlidingWindow all = asked.computeIfAbsent(credential, name -> new SlidingWindow(window));
        all.add(now);
        highestAsked = Math.max(highestAsked, all.count(now));
    }

    /** The highest count of one credential's admitted requests in any window so far. */
    public synchronized int highest() {
        return highest;
    }

    /** The highest count of one credential's requests, refused ones too, in any window so far. */
    public synchronized int highestAsked() {
        return highestAsked;
    }

    /** Forgets everything. */
    public synchronized void reset() {
        windows.clear();
        asked.clear();
        highest = 0;
        highestAsked = 0;
    }
}
