package io.penstock.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.error.StateFailure.StateCorrupt;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A store whose entries only the holder of a key can read or make: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits,
 * bound to the entry's name.
 */
final class EncryptedStore implements ByteStore {

    private static final byte FORM = 1;
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
                .map(stored -> new Stored(stored.revision(), opened(name, stored.bytes())));
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        return Mono.fromCallable(() -> encrypted(name, bytes))
                .subscribeOn(thread)
                .flatMap(closed -> inner.replace(name, expected, closed));
    }

    private byte[] encrypted(String name, byte[] plain) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] text = cipher(Cipher.ENCRYPT_MODE, name, nonce, true).doFinal(plain);
        return ByteBuffer.allocate(1 + NONCE + text.length)
                .put(FORM)
                .put(nonce)
                .put(text)
                .array();
    }

    private byte[] opened(String name, byte[] closed) {
        if (closed.length < 1 + NONCE || closed[0] != FORM) {
            throw corrupt(name, null);
        }
        ByteBuffer from = ByteBuffer.wrap(closed, 1, closed.length - 1);
        byte[] nonce = new byte[NONCE];
        from.get(nonce);
        byte[] text = new byte[from.remaining()];
        from.get(text);
        try {
            return cipher(Cipher.DECRYPT_MODE, name, nonce, false).doFinal(text);
        } catch (GeneralSecurityException forged) {
            throw corrupt(name, forged);
        }
    }

    private Cipher cipher(int mode, String name, byte[] nonce, boolean make) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(make), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("penstock " + FORM + " " + name).getBytes(UTF_8));
        return cipher;
    }

    private StateCorrupt corrupt(String name, @Nullable Throwable cause) {
        String message =
                "the credential " + name + " in " + where + " cannot be decrypted: it is damaged, or was stored"
                        + " with another key; restore the key or what is kept there from a backup, or remove"
                        + " all that is kept under that name and log in again";
        return cause == null ? new StateCorrupt(message) : new StateCorrupt(message, cause);
    }
}
