package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A value that must not be seen: a token, a password, a key.
 *
 * <p>Its text appears nowhere but in {@link #reveal}: not in {@code toString}, not in {@code equals}, not in serialised form.
 * Safe for concurrent use.
 */
public final class Secret {

    private static final String IN_CODE = "given in code";

    private final String reference;
    private final byte[] bytes;

    private Secret(String reference, byte[] bytes) {
        this.reference = reference;
        this.bytes = bytes;
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
        if (text.isEmpty()) {
            throw new SecretMissing("the secret " + reference + " is empty: give it a value");
        }
        return new Secret(reference, text.getBytes(StandardCharsets.UTF_8));
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
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Hands the text to {@code use}, as late as possible, and keeps no copy. */
    public <T> T reveal(Function<String, T> use) {
        return use.apply(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Always {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
