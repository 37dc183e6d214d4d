package io.penstock.cli.state;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The files of {@code state}: for their owner only, and whole or not there at all. */
public final class StateFiles {

    private static final long LONGEST = 256L << 20;

    private StateFiles() {}

    /** Puts {@code text} into {@code file} in one step; what was there stays until then. */
    public static void write(Path file, String text) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try {
            try (FileChannel channel =
                    PrivateFiles.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.sync(folder);
        } catch (IOException failed) {
            throw PrivateFiles.failure("writing the state to " + file, failed);
        }
    }

    /** The text of {@code file}. */
    public static String read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LONGEST) {
                throw new StateCorrupt("expected a state of at most 256 MiB in " + file + ", found " + size
                        + " bytes: give a file that state export or state backup wrote");
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new ConfigError("expected a state in " + file + ", found no such file: check the name", missing);
        } catch (CharacterCodingException damaged) {
            throw new StateCorrupt(
                    file + ": expected UTF-8, found other bytes: the file is damaged; use another one", damaged);
        } catch (IOException failed) {
            throw new ConfigError("the state in " + file + " cannot be read: " + failed, failed);
        }
    }
}
