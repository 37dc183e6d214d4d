package io.penstock.rate;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets the JDK's timer queue lock itself while a cancelled task leaves it, as BlockHound already allows for one that enters.
 *
 * <p>Under contention the detector would otherwise throw out of the middle of a cancellation, and what was being released
 * would stay taken.
 */
public final class TimerQueueLocks implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove");
    }
}
