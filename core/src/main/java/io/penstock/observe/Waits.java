package io.penstock.observe;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * Where the time of one lane goes: at each moment it has one reason, so the sums are its wall time.
 *
 * <p>Safe for concurrent use, though a lane does one thing at a time.
 */
@SuppressWarnings("EnumOrdinal") // the sums live in this process alone, and an array needs no boxing
public final class Waits {

    private final Scheduler timer;
    private final long[] nanos = new long[WaitReason.values().length];
    private WaitReason now;
    private long since;
    private boolean over;

    private Waits(Scheduler timer, WaitReason first) {
        this.timer = timer;
        this.now = first;
        this.since = timer.now(TimeUnit.NANOSECONDS);
    }

    /** A lane that begins now, with {@code first}. */
    public static Waits begin(Scheduler timer, WaitReason first) {
        return new Waits(timer, first);
    }

    /** From now on the lane waits for {@code reason}. */
    public synchronized void on(WaitReason reason) {
        settle();
        now = reason;
    }

    /** The lane ends; later calls change nothing. */
    public synchronized void end() {
        settle();
        over = true;
    }

    /** What the lane is waiting for at the moment. */
    public synchronized WaitReason now() {
        return now;
    }

    /** The sums so far, without reasons that took no time. */
    public synchronized Map<WaitReason, Duration> sums() {
        settle();
        Map<WaitReason, Duration> sums = new EnumMap<>(WaitReason.class);
        for (WaitReason reason : WaitReason.values()) {
            if (nanos[reason.ordinal()] > 0) {
                sums.put(reason, Duration.ofNanos(nanos[reason.ordinal()]));
            }
        }
        return sums;
    }

    /** All sums together. */
    public synchronized Duration total() {
        settle();
        return Duration.ofNanos(Arrays.stream(nanos).sum());
    }

    private void settle() {
        long at = timer.now(TimeUnit.NANOSECONDS);
        if (!over) {
            nanos[now.ordinal()] += at - since;
        }
        since = at;
    }
}
