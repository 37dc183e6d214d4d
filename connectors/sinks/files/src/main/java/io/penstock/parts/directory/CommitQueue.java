package io.penstock.parts.directory;

import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.sink.Commit;
import io.penstock.sink.SinkThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets commits that wait at the same moment go together, because a sync costs the same for one as for many.
 *
 * <p>Each commit is a piece of work of its own for the writer thread. The first whose turn comes takes along all that wait; the others
 * find theirs done when their turns come. So a lone commit never waits for company, and none is answered before it is durable. Holds
 * no more than the writer's own queue. Safe for concurrent use.
 *
 * @param <P> where the stages of the target write
 */
public final class CommitQueue<P extends Place> {

    private final Target<P> target;
    private final SinkThreads writer;
    private final Queue<Waiting<P>> waiting = new ConcurrentLinkedQueue<>();

    CommitQueue(Target<P> target, SinkThreads writer) {
        this.target = target;
        this.writer = writer;
    }

    /** Makes what {@code place} holds durable at each subscription; one that cancels before its turn leaves no trace. */
    Mono<Void> commit(P place, Commit commit) {
        return Mono.defer(() -> {
            Waiting<P> mine = new Waiting<>(place, commit);
            waiting.add(mine);
            return writer.run(() -> answer(mine)).doFinally(end -> waiting.remove(mine));
        });
    }

    private void answer(Waiting<P> mine) throws Exception {
        if (!mine.isOver()) {
            List<Waiting<P>> group = new ArrayList<>();
            for (Waiting<P> next = waiting.poll(); next != null; next = waiting.poll()) {
                group.add(next);
            }
            target.commit(group);
        }
        mine.requireDone();
    }

    /** A commit that waits for its group. Confined to the writer thread, once it has begun. */
    public static final class Waiting<P extends Place> {

        private final P place;
        private final Commit commit;
        private @Nullable PenstockException refusal;
        private boolean over;

        Waiting(P place, Commit commit) {
            this.place = place;
            this.commit = commit;
        }

        /** What it makes durable. */
        public P place() {
            return place;
        }

        /** With which version and cursor. */
        public Commit commit() {
            return commit;
        }

        /** It is durable. */
        public void done() {
            over = true;
        }

        /** It changes nothing, because of {@code why}. */
        public void refuse(PenstockException why) {
            over = true;
            refusal = why;
        }

        /** Whether it is answered. */
        public boolean isOver() {
            return over;
        }

        /** Throws what it was refused with; {@link SinkPermanent} if its group never came to an end. */
        void requireDone() {
            if (refusal != null) {
                throw refusal;
            }
            if (!over) {
                throw new SinkPermanent("the commit of " + place.slice() + " was broken off: run again");
            }
        }
    }
}
