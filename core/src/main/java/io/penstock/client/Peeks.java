package io.penstock.client;

import io.penstock.client.demand.Begun;
import io.penstock.client.demand.OnDemand;
import io.penstock.message.Glimpse;
import io.penstock.message.ResponsePart;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Asks for the page behind the one that is still coming, as soon as its token has been seen there. For one subscription.
 *
 * <p>The page that was begun so is only held until its turn comes; the one behind it is not begun before that, so one page at most is
 * under way beyond demand. A page too large to be held is given up, for it would keep its place among the requests under way from
 * whoever has to read on in front of it; so is one whose predecessor must be read again.
 */
final class Peeks {

    private final PageWalk walk;
    private final ContextView context;
    private final AtomicReference<@Nullable Turn> current = new AtomicReference<>();
    private volatile boolean inVain;

    Peeks(PageWalk walk, ContextView context) {
        this.walk = walk;
        this.context = context;
    }

    /** The page of that name, which may have begun already; nothing is sent, or peeked at, before it is asked for. */
    Flux<PageBatch> page(long number, Optional<String> token) {
        Turn before = current.get();
        Turn begun = before == null ? null : before.takeNext(token);
        Turn turn = begun == null ? new Turn(number, token) : begun;
        current.set(turn);
        return new OnDemand<>(turn::claimed);
    }

    /** Nothing more is asked for; gives up what has begun. */
    void close() {
        inVain = true;
        Turn last = current.get();
        if (last != null) {
            last.giveUp();
            last.giveUpNext();
        }
    }

    /** One page, its tries, and the page behind it if that has begun. */
    private final class Turn {

        private final long number;
        private final Optional<String> token;
        private final AtomicReference<@Nullable Turn> next = new AtomicReference<>();
        private @Nullable Begun<PageBatch> begun;
        private @Nullable String found;
        private boolean claimed;
        private boolean givenUp;

        Turn(long number, Optional<String> token) {
            this.number = number;
            this.token = token;
        }

        private Flux<PageBatch> asked() {
            return walk.asked(number, token, this::shown).doOnNext(this::came);
        }

        private Flux<ResponsePart> shown(PageRead page, Flux<ResponsePart> parts) {
            giveUpNext(); // what a try before this one has shown counts no more
            if (inVain) {
                return parts;
            }
            Look look = new Look(page, walk.reading(), this::found, () -> inVain = true);
            return parts.contextWrite(known -> Glimpse.into(known, look)).doFinally(end -> look.close());
        }

        private void came(PageBatch batch) {
            if (!batch.end() && giveUpUnclaimed()) {
                inVain = true;
            }
        }

        private boolean giveUpUnclaimed() {
            synchronized (this) {
                if (claimed) {
                    return false;
                }
            }
            giveUp();
            return true;
        }

        /** Somebody asks for this page. */
        Flux<PageBatch> claimed() {
            String seen;
            Flux<PageBatch> running;
            synchronized (this) {
                claimed = true;
                seen = found;
                running = givenUp ? null : begun;
            }
            if (seen != null) {
                beginNext(seen);
            }
            return running == null ? asked() : running;
        }

        /** The token of the page behind stands in what has come of this one. */
        private void found(String seen) {
            boolean now;
            synchronized (this) {
                found = seen;
                now = claimed;
            }
            if (now) {
                beginNext(seen);
            }
        }

        private void beginNext(String seen) {
            Turn behind = new Turn(number + 1, Optional.of(seen));
            if (inVain || token.equals(behind.token)) {
                return;
            }
            Begun<PageBatch> early = Begun.of(Flux.defer(behind::asked), context);
            behind.begun = early;
            if (next.compareAndSet(null, behind)) {
                early.begin();
            }
        }

        /** The page behind, if it has begun and is the one that was wanted. */
        @Nullable Turn takeNext(Optional<String> wanted) {
            Turn behind = next.getAndSet(null);
            if (behind == null || !behind.token.equals(wanted)) {
                drop(behind);
                return null;
            }
            return behind;
        }

        void giveUp() {
            Begun<PageBatch> running;
            synchronized (this) {
                givenUp = true;
                running = begun;
            }
            if (running != null) {
                running.dispose();
            }
        }

        void giveUpNext() {
            synchronized (this) {
                found = null;
            }
            drop(next.getAndSet(null));
        }
    }

    private static void drop(@Nullable Turn unwanted) {
        if (unwanted != null) {
            unwanted.giveUp();
        }
    }
}
