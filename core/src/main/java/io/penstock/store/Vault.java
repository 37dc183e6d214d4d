package io.penstock.store;

import io.penstock.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where credentials are kept that change while they are used: entries and the locks that go with them.
 *
 * @param entries what is kept, changed by compare-and-set
 * @param locks of the same names
 */
public record Vault(ByteStore entries, Locks locks) {

    private static final Duration BETWEEN = Duration.ofMillis(25);
    private static final int THREADS = 2;
    private static final int QUEUED = 1000;
    private static final int IDLE_SECONDS = 10;

    /** A vault that lives as long as the process, unencrypted. */
    public static Vault inMemory(Scheduler timer) {
        Map<String, ProcessTurn> holders = new ConcurrentHashMap<>();
        return new Vault(
                new MemoryByteStore(),
                Locks.polled(name -> new ProcessTurn(holders, name), BETWEEN, Schedulers.immediate(), timer));
    }

    /**
     * A vault elsewhere, encrypted by AES-256-GCM before it leaves the process.
     *
     * @param entries where the encrypted bytes go
     * @param locks of the same names
     * @param key 32 bytes in Base64
     * @param where what to call the place in errors
     */
    public static Vault encrypted(ByteStore entries, Locks locks, Secret key, String where) {
        return new Vault(new EncryptedStore(entries, VaultKey.given(key), where, thread()), locks);
    }

    /**
     * A vault in one directory, encrypted; several processes may share it.
     *
     * <p>Nothing is read or made before the first call. A damaged entry is an error that names its files, never passed over for
     * an older one: a refresh token that was replaced is worth nothing, and using it again may end the grant.
     *
     * @param directory made when something is stored, for its owner alone
     * @param key 32 bytes in Base64; without it a random one is made and kept in {@code directory}, in the file {@code key},
     *     readable by its owner alone
     * @param timer for the waits of locks
     */
    public static Vault inDirectory(Path directory, Optional<Secret> key, Scheduler timer) {
        VaultKey from = key.<VaultKey>map(VaultKey::given).orElseGet(() -> VaultKey.file(directory));
        Scheduler thread = thread();
        return new Vault(
                new EncryptedStore(FileByteStore.strict(directory), from, directory.toString(), thread),
                Locks.polled(name -> new FileTurn(directory, name), BETWEEN, thread, timer));
    }

    private static Scheduler thread() {
        return Schedulers.newBoundedElastic(THREADS, QUEUED, "penstock-vault", IDLE_SECONDS, true);
    }
}
