package io.penstock.sinks.files;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Lets the queue of a sink's threads lock itself for the few instructions in which work is handed over to them. */
public final class WorkQueueLocks implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("java.util.concurrent.ArrayBlockingQueue", "offer");
    }
}
