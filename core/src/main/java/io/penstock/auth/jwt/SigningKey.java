package io.penstock.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.penstock.config.Secret;
import io.penstock.config.key.PemKeys;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs, with the algorithm it signs by. It stands for its secret: where that is one that is read again, what is signed
 * later is signed with the key that it holds then. Safe for concurrent use, never shown.
 */
public final class SigningKey {

    private final JwtAlgorithm algorithm;
    private final Key key;
    private final Optional<String> id;
    private final Secret secret;
    private final String fingerprint;
    private final Optional<String> account;
    private final Optional<String> given;
    private volatile @Nullable SigningKey newer;

    private SigningKey(
            JwtAlgorithm algorithm, Secret secret, String fingerprint, JsonKey read, Optional<String> given) {
        this.algorithm = algorithm;
        this.key = read.key();
        this.id = given.or(read::id);
        this.secret = secret;
        this.fingerprint = fingerprint;
        this.account = read.account();
        this.given = given;
    }

    /**
     * The key in {@code secret}: PEM text in PKCS#8 form, a JWK (RFC 7517), the JSON file of a service account, or for
     * {@link JwtAlgorithm#HS256} the shared secret itself. JSON may name the key, too.
     *
     * @throws IllegalArgumentException if the key is not of the algorithm's kind, or too weak
     */
    public static SigningKey of(JwtAlgorithm algorithm, Secret secret) {
        return read(algorithm, secret, Optional.empty());
    }

    private static SigningKey read(JwtAlgorithm algorithm, Secret secret, Optional<String> given) {
        String fingerprint = secret.fingerprint(); // before the text is read: at worst it is read once too often
        JsonKey read = JsonKey.of(algorithm, secret).orElseGet(() -> plain(algorithm, secret));
        algorithm.require(read.key());
        return new SigningKey(algorithm, secret, fingerprint, read, given);
    }

    private static JsonKey plain(JwtAlgorithm algorithm, Secret secret) {
        Key key = algorithm.symmetric() ? shared(secret) : PemKeys.privateKey(secret);
        return new JsonKey(key, Optional.empty(), Optional.empty());
    }

    private static SecretKey shared(Secret secret) {
        return secret.reveal(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    /** This key with the name that the receiver knows it by: {@code kid}. */
    public SigningKey named(String kid) {
        return new SigningKey(algorithm, secret, fingerprint, new JsonKey(key, id, account), Optional.of(kid));
    }

    /**
     * The key that the secret holds now: this one until the secret has been read again and was another, then that one.
     *
     * @throws ConfigError if what has been read is no fit key
     */
    SigningKey current() {
        String now = secret.fingerprint();
        if (now.equals(fingerprint)) {
            return this;
        }
        SigningKey known = newer;
        if (known == null || !now.equals(known.fingerprint)) {
            known = reread();
            newer = known;
        }
        return known;
    }

    private SigningKey reread() {
        try {
            return read(algorithm, secret, given);
        } catch (IllegalArgumentException unfit) {
            throw new ConfigError(
                    "the key " + secret.reference() + " was read again and does not fit: " + unfit.getMessage());
        }
    }

    /** What it is read from. */
    Secret secret() {
        return secret;
    }

    /** How it signs. */
    public JwtAlgorithm algorithm() {
        return algorithm;
    }

    /** What the receiver knows it by. */
    public Optional<String> id() {
        return id;
    }

    /** Whose key it is, where its JSON says so: the service account's name. */
    public Optional<String> account() {
        return account;
    }

    /** As {@link Secret#fingerprint()}, of what its secret holds now. */
    public String fingerprint() {
        return secret.fingerprint();
    }

    byte[] sign(byte[] bytes) {
        try {
            return algorithm == JwtAlgorithm.EDDSA
                    ? edwards(bytes)
                    : signer().sign(new JWSHeader(algorithm.jose()), bytes).decode();
        } catch (GeneralSecurityException | JOSEException broken) {
            throw new IllegalStateException("this Java platform cannot sign by " + algorithm);
        }
    }

    private JWSSigner signer() throws JOSEException {
        return switch (algorithm) {
            case ES256 -> new ECDSASigner((ECPrivateKey) key);
            case HS256 -> new MACSigner((SecretKey) key);
            default -> new RSASSASigner((PrivateKey) key);
        };
    }

    /** The library's own needs another library; the Java platform does not. */
    private byte[] edwards(byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign((PrivateKey) key);
        signature.update(bytes);
        return signature.sign();
    }

    @Override
    public String toString() {
        return algorithm + " key";
    }
}
