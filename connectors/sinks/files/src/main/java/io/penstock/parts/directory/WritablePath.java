package io.penstock.parts.directory;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A path that was configured as the directory to write to. Blocks.
 *
 * @param path absolute; there may be nothing yet
 */
public record WritablePath(Path path) {

    /**
     * Proves that the directory, or the one it will be made in, can be written; leaves nothing behind.
     *
     * @throws ConfigError if not
     */
    public void check() throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new ConfigError("expected a directory at " + path + ", found a file: choose another path");
        }
        Path nearest = path;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            throw new ConfigError("cannot write to " + nearest + ": mend its permissions or choose another path");
        }
        Files.delete(Files.createTempFile(nearest, ".penstock-check", ""));
    }

    /**
     * Makes the directory with our own folder in it, and returns its real path.
     *
     * @throws ConfigError if our own folder is a symbolic link
     */
    public Path make() throws IOException {
        check();
        PrivateFiles.directory(path);
        Path root = path.toRealPath();
        Path own = root.resolve(StateFile.FOLDER);
        if (Files.isSymbolicLink(own)) {
            throw new ConfigError("expected a directory at " + own + ", found a symbolic link, which is not followed");
        }
        PrivateFiles.directory(Ledger.spools(root));
        return root;
    }
}
