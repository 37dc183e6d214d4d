package io.penstock.parts.directory;

import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a directory in the hands of the run that has its lock. Confined to the writer thread.
 *
 * @param <S> what is kept
 *
 * <p>Invariant: once a step of a commit has failed, nothing more is written in this run. After a failed sync nobody knows what the
 * disk holds, and a second sync of the same file would lie; only the next claim can find out.
 */
public final class Ledger<S> implements AutoCloseable {

    private final Path root;
    private final DirectoryLock lock;
    private final StateFile<S> file;
    private S state;
    private @Nullable PenstockException failure;

    private Ledger(Path root, DirectoryLock lock, StateFile<S> file, S state) {
        this.root = root;
        this.lock = lock;
        this.file = file;
        this.state = state;
    }

    /**
     * Takes the lock, undoes what dead runs have left half done, and begins a new epoch.
     *
     * @param root the real path of the directory; its own folder {@code .penstock} is there
     * @param recovery brings the files back to what the state says
     * @throws io.penstock.error.StateFailure if another run has it, or what is there does not fit the state
     */
    public static <S> Ledger<S> open(Path root, StateFile<S> file, Recovery<S> recovery) throws IOException {
        DirectoryLock lock = DirectoryLock.take(root.resolve(StateFile.FOLDER).resolve("lock"));
        try {
            S state = recovery.recover(file.load());
            PrivateFiles.empty(spools(root));
            file.save(state);
            return new Ledger<>(root, lock, file, state);
        } catch (IOException | RuntimeException unfit) {
            lock.close();
            throw unfit;
        }
    }

    /** Brings the files of a directory back to what its state says. */
    @FunctionalInterface
    public interface Recovery<S> {
        /** Gives the state of the next epoch; {@code known} is empty in a new directory. */
        S recover(Optional<S> known) throws IOException;
    }

    /** Where the spools of the directory {@code root} lie. */
    public static Path spools(Path root) {
        return root.resolve(StateFile.FOLDER).resolve("spool");
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /** What is committed. */
    public S state() {
        return state;
    }

    /** Makes {@code fresh} what is committed. */
    public void save(S fresh) throws IOException {
        file.save(fresh);
        state = fresh;
    }

    /** Whether a {@link #save} has failed so late that its state is perhaps committed. */
    public boolean inDoubt() {
        return file.inDoubt();
    }

    /**
     * Proves that this run may write.
     *
     * @throws SinkFull if the disk was full before, {@link SinkPermanent} if another step has failed before
     * @throws io.penstock.error.StateFailure.StateConflict if the lock is no longer ours
     */
    public void requireWritable() throws IOException {
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
    public PenstockException fail(Exception cause) {
        PenstockException sorted = cause instanceof PenstockException known
                ? known
                : cause instanceof IOException io
                        ? PrivateFiles.failure("writing files in " + root, io)
                        : new SinkPermanent("writing files in " + root + " failed: " + cause, cause);
        failure = sorted;
        return sorted;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
