package io.penstock.parts.directory;

import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.sink.KillPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keeps the state of a directory on disk in two generations. Blocks; for one thread.
 *
 * <p>The first line is {@code penstock-<name> <format> <bytes> <sha-256>}, the rest the JSON; the checksum covers format, length
 * and JSON. A new state is written beside the old one, synced, and takes its name in one rename.
 *
 * @param <S> what is kept
 */
public final class StateFile<S> {

    /** The folder in the output directory that holds all that is not data. */
    public static final String FOLDER = ".penstock";

    /** The newest format this version knows. */
    public static final int FORMAT = 1;

    /** The state as JSON, and back. */
    public interface Codec<S> {
        /** As JSON. */
        byte[] write(S state) throws IOException;

        /** What {@link #write} wrote; any exception says that it is something else. */
        S read(byte[] json) throws IOException;
    }

    private final String magic;
    private final Path directory;
    private final Path newest;
    private final Path previous;
    private final Codec<S> codec;
    private final Disk disk;
    private boolean renaming;

    /** The file {@code name} in {@code directory}. */
    public StateFile(Path directory, String name, Codec<S> codec, Disk disk) {
        this.disk = disk;
        this.codec = codec;
        this.directory = directory;
        this.magic = "penstock-" + name;
        this.newest = directory.resolve(name);
        this.previous = directory.resolve(name + ".previous");
    }

    /** Makes {@code state} the newest; durable when it returns. After a failure, {@link #inDoubt} tells whether it may be. */
    public void save(S state) throws IOException {
        Path fresh = newest.resolveSibling(newest.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel file = disk.open(fresh, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer bytes = ByteBuffer.wrap(encode(magic, FORMAT, codec.write(state)));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            disk.sync(fresh, file);
        }
        KillPoint.reach("files.state.written");
        renaming = true;
        if (Files.exists(newest)) {
            disk.rename(newest, previous);
        }
        KillPoint.reach("files.state.kept");
        disk.rename(fresh, newest);
        disk.syncEntries(directory);
        renaming = false;
    }

    /** Whether a failed {@link #save} has perhaps made its state the newest. */
    public boolean inDoubt() {
        return renaming;
    }

    /** The bytes of a file. */
    public static byte[] encode(String magic, int format, byte[] json) {
        String words = format + " " + json.length;
        byte[] header = (magic + " " + words + " " + digest(words, json) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(header.length + json.length)
                .put(header)
                .put(json)
                .array();
    }

    /**
     * The newest state that is whole; empty if none was ever saved.
     *
     * @throws StateCorrupt if there are files but none is whole, or the newest one is of a newer format
     */
    public Optional<S> load() throws IOException {
        boolean found = false;
        for (Path generation : new Path[] {newest, previous}) {
            if (Files.exists(generation)) {
                found = true;
                Optional<S> state = decode(Files.readAllBytes(generation));
                if (state.isPresent()) {
                    return state;
                }
            }
        }
        if (found) {
            throw new StateCorrupt(
                    "the state in " + newest + " and its previous generation cannot be read; both are left as"
                            + " they are: restore one of them from a backup, or move the whole directory "
                            + directory.getParent() + " away to read everything again");
        }
        return Optional.empty();
    }

    private Optional<S> decode(byte[] bytes) {
        int line = 0;
        while (line < bytes.length && bytes[line] != '\n') {
            line++;
        }
        String[] words = new String(bytes, 0, line, StandardCharsets.ISO_8859_1).split(" ", -1);
        if (line == bytes.length || words.length != 4 || !words[0].equals(magic)) {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(bytes, line + 1, bytes.length);
        if (!words[2].equals(Integer.toString(json.length))
                || !words[3].equals(digest(words[1] + " " + words[2], json))) {
            return Optional.empty();
        }
        if (!words[1].equals(Integer.toString(FORMAT))) {
            throw new StateCorrupt("the state in " + newest + " has format " + words[1] + ", but this version knows "
                    + FORMAT + " only: use the version that wrote it, or a newer one");
        }
        try {
            return Optional.of(codec.read(json));
        } catch (IOException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    private static String digest(String words, byte[] json) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(words.getBytes(StandardCharsets.US_ASCII));
            sha.update((byte) '\n');
            return HexFormat.of().formatHex(sha.digest(json));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
