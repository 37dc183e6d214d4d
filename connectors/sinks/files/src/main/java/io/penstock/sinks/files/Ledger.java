package io.penstock.sinks.files;

import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The state of a directory in the hands of the run that has its lock. Confined to the writer thread.
 *
 * <p>Invariant: once a step of a commit has failed, nothing more is written in this run. After a failed sync nobody knows what the
 * disk holds, and a second sync of the same file would lie; only the next claim can find out.
 */
final class Ledger implements AutoCloseable {

    private final Path root;
    private final DirectoryLock lock;
    private final StateFile file;
    private DirectoryState state;
    private @Nullable PenstockException failure;

    private Ledger(Path root, DirectoryLock lock, StateFile file, DirectoryState state) {
        this.root = root;
        this.lock = lock;
        this.file = file;
        this.state = state;
    }

    /**
     * Takes the lock, undoes what dead runs have left half done, and begins a new epoch.
     *
     * @param root the real path of the directory; its own folder {@code .penstock} is there
     * @throws io.penstock.error.StateFailure if another run has it, or what is there does not fit the state
     */
    static Ledger open(Path root, Disk disk) throws IOException {
        Path own = root.resolve(StateFile.FOLDER);
        DirectoryLock lock = DirectoryLock.take(own.resolve("lock"));
        try {
            StateFile file = new StateFile(own, disk);
            DirectoryState state = new Recovery(root, disk)
                    .recover(file.load().orElse(DirectoryState.EMPTY))
                    .nextEpoch();
            PrivateFiles.empty(spools(root));
            file.save(state);
            return new Ledger(root, lock, file, state);
        } catch (IOException | RuntimeException unfit) {
            lock.close();
            throw unfit;
        }
    }

    /** Where the spools of the directory {@code root} lie. */
    static Path spools(Path root) {
        return root.resolve(StateFile.FOLDER).resolve("spool");
    }

    /** The directory. */
    Path root() {
        return root;
    }

    /** What is committed. */
    DirectoryState state() {
        return state;
    }

    /** Makes {@code fresh} what is committed. */
    void save(DirectoryState fresh) throws IOException {
        file.save(fresh);
        state = fresh;
    }

    /** Whether a {@link #save} has failed so late that its state is perhaps committed. */
    boolean inDoubt() {
        return file.inDoubt();
    }

    /**
     * Proves that this run may write.
     *
     * @throws SinkFull if the disk was full before, {@link SinkPermanent} if another step has failed before
     * @throws io.penstock.error.StateFailure.StateConflict if the lock is no longer ours
     */
    void requireWritable() throws IOException {
        if (failure instanceof SinkFull) {
            throw new SinkFull(words(failure), failure);
        } else if (failure != null) {
            throw new SinkPermanent(words(failure), failure);
        }
        lock.requireHeld();
    }

    private String words(PenstockException before) {
        return "an earlier commit to " + root
                + " has failed, so that nothing more is written in this run; what was committed"
                + " before it stands: run again (" + before.getMessage() + ")";
    }

    /** From now on nothing is written any more; returns {@code cause} by its kind. */
    PenstockException fail(Exception cause) {
        PenstockException sorted = cause instanceof PenstockException known
                ? known
                : cause instanceof IOException io
                        ? PrivateFiles.failure("writing JSON lines in " + root, io)
                        : new SinkPermanent("writing JSON lines in " + root + " failed: " + cause, cause);
        failure = sorted;
        return sorted;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
