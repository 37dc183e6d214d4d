package io.penstock.client;

import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.page.LoopGuard;
import java.util.Optional;

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
            end(batch);
        }
        attempt = batch.end() ? 0 : batch.attempt();
        return batch;
    }

    /** What is wrong with the walk shows in several answers; the place names the try of the last. */
    private void end(PageBatch batch) {
        try {
            guard.pageEnds(batch.next());
        } catch (PenstockException astray) {
            throw astray.in(new Place(Optional.empty(), Optional.empty(), batch.attempt(), Optional.empty()));
        }
    }
}
