package io.penstock.sinks.duckdb;

import io.penstock.sink.Commit;

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
