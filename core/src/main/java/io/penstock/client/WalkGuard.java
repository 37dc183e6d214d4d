package io.penstock.client;

import io.penstock.page.LoopGuard;

/** Shows the batches of a walk, in their order, to the {@link LoopGuard}. For one subscription. */
final class WalkGuard {

    private final LoopGuard guard;
    private int attempt;

    WalkGuard(Walk walk) {
        this.guard = LoopGuard.of(walk.paging(), walk.start(), walk.limits());
    }

    /** The same batch, if the walk may go on behind it. */
    PageBatch pass(PageBatch batch) {
        if (batch.attempt() != attempt) {
            guard.discard(); // what an earlier try brought counts no more
        }
        guard.batch(batch.records());
        if (batch.end()) {
            guard.pageEnds(batch.next());
        }
        attempt = batch.end() ? 0 : batch.attempt();
        return batch;
    }
}
