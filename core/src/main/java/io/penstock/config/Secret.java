package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A value that must not be seen: a token, a password, a key.
 *
 * <p>Its text appears nowhere but in {@link #reveal}: not in {@code toString}, not in {@code equals}, not in serialised form.
 * Safe for concurrent use.
 */
public final class Secret {

    private static final String IN_CODE = "given in code";

    private final String reference;
    private final @Nullable Renewal renewal;
    private volatile Value value;

    private Secret(String reference, Value value, @Nullable Renewal renewal) {
        this.reference = reference;
        this.value = value;
        this.renewal = renewal;
    }

    /**
     * A secret given in code.
     *
     * @throws SecretMissing if it is empty
     */
    public static Secret of(String text) {
        return named(IN_CODE, text);
    }

    /**
     * A secret with the reference it was found under.
     *
     * @param reference what may be shown instead of it, such as {@code env:SHOP_TOKEN}
     * @throws SecretMissing if it is empty, naming the reference
     */
    public static Secret named(String reference, String text) {
        return new Secret(reference, Value.of(reference, text), null);
    }

    /**
     * A secret that is read again: when it is older than five minutes, and when a server has refused it, though not more than once
     * a minute then.
     *
     * @param reference what may be shown instead of it, such as {@code vault:shop/api#token}
     * @param text what it is now
     * @param source reads it once for each subscription; never empty, errors with {@link SecretMissing}
     * @param timer clock of its age
     * @throws SecretMissing if {@code text} is empty, naming the reference
     */
    public static Secret renewed(String reference, String text, Mono<String> source, Scheduler timer) {
        return new Secret(reference, Value.of(reference, text), new Renewal(reference, source, timer));
    }

    /**
     * The environment variable {@code name}.
     *
     * @throws SecretMissing if it is not set or empty
     */
    public static Secret env(String name) {
        return SecretSource.ENVIRONMENT.resolve("env", name);
    }

    /** Where it came from; this may be shown. */
    public String reference() {
        return reference;
    }

    /**
     * Tells one credential from another, as a key in memory and nowhere else: the reference, which stays the same when the
     * secret behind it is renewed, or for one without a reference a digest.
     */
    public String identity() {
        return reference.equals(IN_CODE) ? IN_CODE + " " + digest() : reference;
    }

    /**
     * Another text for another secret, whatever it is called; to be hashed further with other things, never to be shown or stored
     * as it is.
     */
    public String fingerprint() {
        return digest();
    }

    private String digest() {
        return value.digest();
    }

    /** Hands the text to {@code use}, as late as possible, and keeps no copy. */
    public <T> T reveal(Function<String, T> use) {
        return use.apply(new String(value.bytes, StandardCharsets.UTF_8));
    }

    /**
     * Completes when the text may be used: at once, or, for one that is read again and older than five minutes, when it has been.
     *
     * <p>Cold. Errors with {@link SecretMissing} if it is too old and cannot be read.
     */
    public Mono<Void> ready() {
        return renewal == null ? Mono.empty() : renewal.due(this::take);
    }

    /**
     * Says whether there is another text than the one that was refused, reading it again where that is possible.
     *
     * <p>Cold. Of many who ask at once one reads, and all get the answer; within a minute of the last such read nothing is read.
     * Errors with {@link SecretMissing} if it cannot be read.
     *
     * @param refused the {@link #fingerprint} of the text that was refused
     */
    public Mono<Boolean> changedSince(String refused) {
        return Mono.defer(() -> {
            if (renewal == null || !digest().equals(refused)) {
                return Mono.just(!digest().equals(refused));
            }
            return renewal.forced(this::take).then(Mono.fromSupplier(() -> !digest().equals(refused)));
        });
    }

    private void take(String text) {
        Value read = Value.of(reference, text);
        if (!read.digest().equals(value.digest())) {
            value = read;
        }
    }

    /** Always {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }

    /** One text and its digest, which belong together even while the secret is replaced. */
    private static final class Value {

        private final byte[] bytes;
        private @Nullable String digest; // made on demand; two threads make the same

        private Value(byte[] bytes) {
            this.bytes = bytes;
        }

        static Value of(String reference, String text) {
            if (text.isEmpty()) {
                throw new SecretMissing("the secret " + reference + " is empty: give it a value");
            }
            return new Value(text.getBytes(StandardCharsets.UTF_8));
        }

        String digest() {
            String known = digest;
            if (known == null) {
                known = made();
                digest = known;
            }
            return known;
        }

        private String made() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }
}
