package io.penstock.store;

import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Where the key of a vault comes from; asked on a thread that may block. */
@FunctionalInterface
interface VaultKey {

    /** Bytes of an AES-256 key. */
    int BYTES = 32;

    /**
     * The key.
     *
     * @param make whether a missing one is made
     * @throws ConfigError if there is none, or none of 32 bytes
     */
    SecretKey key(boolean make);

    /** A key from elsewhere. */
    static VaultKey given(Secret key) {
        return make -> key.reveal(text -> read(text, "the key " + key.reference()));
    }

    /** A key in a file of its owner's, in {@code directory}. */
    static VaultKey file(Path directory) {
        Path file = directory.resolve("key");
        return make -> {
            try {
                if (make && !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    make(directory, file);
                }
                requirePrivate(file);
                return read(Files.readString(file), "the key file " + file);
            } catch (IOException unreadable) {
                throw new ConfigError(
                        "the key file " + file + " of stored credentials cannot be read: restore it, or remove the"
                                + " credentials beside it and log in again",
                        unreadable);
            }
        };
    }

    private static void make(Path directory, Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(directory, FileByteStore.mode(directory, "rwx------"));
        Path beside = Files.createTempFile(directory, "key", ".new", FileByteStore.mode(directory, "rw-------"));
        try {
            Files.writeString(beside, Base64.getEncoder().encodeToString(random));
            Files.createLink(file, beside); // whole or not at all, and never in place of another process's
        } catch (FileAlreadyExistsException another) {
            return;
        } finally {
            Files.delete(beside);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> all = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
            boolean shared = all.stream().anyMatch(one -> !one.name().startsWith("OWNER"));
            if (shared) {
                throw new ConfigError("the key file " + file + " can be read by others: chmod 600 " + file);
            }
        }
    }

    private static SecretKey read(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.trim());
            if (bytes.length == BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IllegalArgumentException noBase64) {
            throw wrong(what);
        }
        throw wrong(what);
    }

    private static ConfigError wrong(String what) {
        return new ConfigError(what + " is no 32 bytes in Base64: make one by openssl rand -base64 32");
    }
}
