package io.penstock.client;

import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.message.ApiResponse;
import io.penstock.page.LoopGuard;
import io.penstock.page.Paging;
import io.penstock.page.TokenExpiry;
import io.penstock.page.WalkLimits;
import java.util.Optional;

/**
 * How pages are followed.
 *
 * @param paging how the next page is found
 * @param start the token of the first page to read; empty for the first there is
 * @param limits where the walk is taken for an endless one
 * @param expiry how the API says that a token has died
 * @param ahead how many pages are asked for side by side; 1 for one after the other, {@link #AS_ALLOWED} for what the limits allow, which
 *     for pages without numbers is the next one at most
 * @param given the answer that is the first page; empty to ask for it
 */
record Walk(
        Paging paging,
        Optional<String> start,
        WalkLimits limits,
        TokenExpiry expiry,
        int ahead,
        Optional<ApiResponse> given) {

    /** As many pages side by side as requests may be under way. */
    static final int AS_ALLOWED = 0;

    static Walk of(Paging paging) {
        return new Walk(paging, Optional.empty(), WalkLimits.DEFAULT, TokenExpiry.DEFAULT, 1, Optional.empty());
    }

    Walk from(Optional<String> token) {
        return new Walk(paging, token, limits, expiry, ahead, given);
    }

    Walk within(WalkLimits most) {
        return new Walk(paging, start, most, expiry, ahead, given);
    }

    Walk expiring(TokenExpiry how) {
        return new Walk(paging, start, limits, how, ahead, given);
    }

    Walk ahead(int pages) {
        if (pages < 1) {
            throw new IllegalArgumentException("at least 1 page is read at a time, but was " + pages);
        }
        if (pages > 1) {
            paging.number(start); // refuses pages without numbers
        }
        return new Walk(paging, start, limits, expiry, pages, given);
    }

    Walk aheadAsAllowed() {
        return new Walk(paging, start, limits, expiry, AS_ALLOWED, given);
    }

    Walk given(ApiResponse answer) {
        return new Walk(paging, start, limits, expiry, ahead, Optional.of(answer));
    }

    /** Shows the batches of a walk, in their order, to the {@link LoopGuard}. For one subscription. */
    static final class Guard {

        private final LoopGuard guard;
        private int attempt;

        Guard(Walk walk) {
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
}
