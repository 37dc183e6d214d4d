package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** Reads secrets from files that not everybody can read. */
public final class SecretFile {

    private static final long LARGEST = 64 * 1024;

    private SecretFile() {}

    /**
     * The text of a file in UTF-8, without its last line break. Blocks.
     *
     * @param name its path; symbolic links are followed, because that is how secrets are mounted
     * @throws SecretMissing naming the path if it cannot be read, is larger than 64 KiB, or every user of the machine may read it
     */
    public static String read(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > LARGEST) {
                throw new SecretMissing("the secret file " + name + " is larger than 64 KiB: is it the right one?");
            }
            if (open(file)) {
                throw new SecretMissing("the secret file " + name
                        + " can be read by every user of this machine: take that right away with chmod o-r "
                        + name + " (in Kubernetes, defaultMode: 0440)");
            }
            return withoutLastBreak(Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new SecretMissing("the secret file " + name + " is not there: check the path", missing);
        } catch (IOException | InvalidPathException cannotRead) {
            throw new SecretMissing(
                    "the secret file " + name + " cannot be read: check that it exists and its rights", cannotRead);
        }
    }

    /** Whether users who are neither its owner nor of its group may read {@code file}; false where nobody can tell. */
    public static boolean open(Path file) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
    }

    private static String withoutLastBreak(String text) {
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
