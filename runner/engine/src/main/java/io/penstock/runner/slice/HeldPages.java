package io.penstock.runner.slice;

import io.penstock.record.Batch;
import io.penstock.record.HeldBytes;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The batches of one slice from their arrival to the end of their writing, counted in what all pages of the run may hold.
 *
 * <p>A slice that holds nothing may always ask for a batch. One that holds some asks for the next only while the run has room, and
 * else waits for its own writer. It never waits for another slice, so that slices cannot wait for each other in a circle. Safe
 * for concurrent use: batches arrive on one thread and are written on another.
 */
final class HeldPages {

    private final HeldBytes all;
    private long held;
    private boolean closed;
    private Sinks.Empty<Void> room = Sinks.empty();

    HeldPages(HeldBytes all) {
        this.all = all;
    }

    /** {@code batch} is here. */
    synchronized void arrived(Batch batch) {
        if (!closed) {
            all.add(size(batch));
            held += size(batch);
        }
    }

    /** {@code batch} is in the stage, or dropped. */
    void written(Batch batch) {
        if (release(size(batch))) {
            waiting().tryEmitEmpty();
        }
    }

    private synchronized boolean release(long bytes) {
        if (!closed) {
            all.give(bytes);
            held -= bytes;
        }
        return mayAsk();
    }

    private synchronized Sinks.Empty<Void> waiting() {
        return room;
    }

    private boolean mayAsk() {
        return held == 0 || all.free() > 0;
    }

    /** Completes as soon as one more batch may be asked for; for one waiter at a time. */
    Mono<Void> room() {
        return Mono.defer(this::turn);
    }

    private synchronized Mono<Void> turn() {
        if (closed || mayAsk()) {
            return Mono.empty();
        }
        room = Sinks.empty();
        return room.asMono();
    }

    /** Gives everything back; what arrives or is written later is not counted. */
    synchronized void close() {
        all.give(held);
        held = 0;
        closed = true;
    }

    /** What the batch keeps from being collected: the array of its page, whatever part of it the records are. */
    private static long size(Batch batch) {
        return batch.records().array().length;
    }
}
