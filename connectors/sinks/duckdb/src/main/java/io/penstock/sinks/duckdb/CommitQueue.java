package io.penstock.sinks.duckdb;

import io.penstock.sink.Commit;
import io.penstock.sink.SinkThreads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;

/**
 * Commits that wait for the one writer thread.
 *
 * <p>Slices read side by side come to their commits at about the same time. Those of one table that wait while another one is
 * written are loaded by one statement in one transaction: DuckDB writes whole groups of 122,880 rows straight into the file, but
 * keeps what a transaction leaves of the last group in its log and writes it again at the next checkpoint, together with its
 * neighbours. Fewer transactions leave fewer such ends.
 *
 * <p>Holds at most one commit a stage, since a stage has one writer that waits.
 */
final class CommitQueue {

    private final SinkThreads writer;
    private final Callable<Committer> committer;
    private final Queue<StagedCommit> waiting = new ConcurrentLinkedQueue<>();

    /** A commit that waits for the writer. */
    record StagedCommit(DuckDbStage stage, Commit commit) {

        /** The version and epoch that the ledger holds once it is made. */
        Ledger.Standing wanted() {
            return new Ledger.Standing(commit.version(), commit.epoch());
        }

        /** Whether one statement can load the lines of both. */
        boolean goesWith(StagedCommit other) {
            return isPlain()
                    && other.isPlain()
                    && stage.mode() == other.stage.mode()
                    && stage.stream().id().equals(other.stage.stream().id());
        }

        private boolean isPlain() {
            return stage.isPlain();
        }
    }

    CommitQueue(SinkThreads writer, Callable<Committer> committer) {
        this.writer = writer;
        this.committer = committer;
    }

    /**
     * Makes a commit, at each subscription.
     *
     * <p>Cancelled before the writer comes to it, it is taken back; later the subscriber only does not hear of its end.
     */
    Mono<Void> add(StagedCommit commit) {
        return Mono.defer(() -> {
            waiting.add(commit);
            return writer.run(() -> make(commit)).doFinally(end -> waiting.remove(commit));
        });
    }

    /** What has been made together is found done when its own turn comes; what could not be is made alone. */
    private void make(StagedCommit commit) throws Exception {
        Committer now = committer.call();
        List<StagedCommit> together = taken(commit);
        if (together.size() > 1) {
            now.tryTogether(together);
        }
        now.commit(commit);
    }

    private List<StagedCommit> taken(StagedCommit first) {
        if (!waiting.remove(first)) {
            return List.of(first); // it was part of others before
        }
        List<StagedCommit> all = new ArrayList<>(List.of(first));
        for (Iterator<StagedCommit> rest = waiting.iterator(); rest.hasNext(); ) {
            StagedCommit next = rest.next();
            if (first.goesWith(next)) {
                rest.remove();
                all.add(next);
            }
        }
        return all;
    }
}
