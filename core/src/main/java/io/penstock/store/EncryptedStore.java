package io.penstock.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.error.StateFailure.StateCorrupt;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A store whose entries only the holder of a key can read or make: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits,
 * bound to the entry's name and revision: no entry can be passed off as another one, nor an older one as the newest.
 */
final class EncryptedStore implements ByteStore {

    private static final byte FORM = 2; // 1 was not bound to the revision
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final ByteStore inner;
    private final VaultKey key;
    private final String where;
    private final Scheduler thread;
    private final SecureRandom random = new SecureRandom();

    EncryptedStore(ByteStore inner, VaultKey key, String where, Scheduler thread) {
        this.thread = thread;
        this.inner = inner;
        this.key = key;
        this.where = where;
    }

    @Override
    public Mono<Stored> read(String name) {
        return inner.read(name)
                .publishOn(thread)
                .map(stored -> new Stored(stored.revision(), opened(name, stored.revision(), stored.bytes())));
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        return Mono.fromCallable(() -> encrypted(name, expected + 1, bytes))
                .subscribeOn(thread)
                .flatMap(closed -> inner.replace(name, expected, closed));
    }

    private byte[] encrypted(String name, long revision, byte[] plain) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] text = cipher(Cipher.ENCRYPT_MODE, key.key(true), nonce, bound(name, revision))
                .doFinal(plain);
        return ByteBuffer.allocate(1 + NONCE + text.length)
                .put(FORM)
                .put(nonce)
                .put(text)
                .array();
    }

    private byte[] opened(String name, long revision, byte[] closed) {
        if (closed.length > NONCE && closed[0] != FORM) {
            throw otherForm(name, closed[0]);
        }
        if (closed.length <= NONCE) {
            throw corrupt(name, null);
        }
        ByteBuffer from = ByteBuffer.wrap(closed, 1, closed.length - 1);
        byte[] nonce = new byte[NONCE];
        from.get(nonce);
        byte[] text = new byte[from.remaining()];
        from.get(text);
        try {
            return cipher(Cipher.DECRYPT_MODE, key.key(false), nonce, bound(name, revision))
                    .doFinal(text);
        } catch (GeneralSecurityException forged) {
            throw corrupt(name, forged);
        }
    }

    private static byte[] bound(String name, long revision) {
        return ("penstock " + FORM + " " + revision + " " + name).getBytes(UTF_8);
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private StateCorrupt otherForm(String name, byte form) {
        return new StateCorrupt("the credential " + name + " in " + where + " has form " + form
                + ", and this version reads form "
                + FORM + ": it was stored by another version, or is damaged; restore it from a backup, or remove all"
                + " that is kept under that name and log in again");
    }

    private StateCorrupt corrupt(String name, @Nullable Throwable cause) {
        String message = "the credential " + name + " in " + where + " cannot be decrypted: it is damaged, was stored"
                + " with another key, or is an older one put back under a newer revision; restore the key or what is kept there from a backup, or remove"
                + " all that is kept under that name and log in again";
        return cause == null ? new StateCorrupt(message) : new StateCorrupt(message, cause);
    }
}
