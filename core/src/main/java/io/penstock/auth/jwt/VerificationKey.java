package io.penstock.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.penstock.config.Secret;
import io.penstock.config.key.PemKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that checks signatures of one algorithm and no other. Immutable and safe for concurrent use. */
public final class VerificationKey {

    private static final int EDWARDS_BYTES = 64;

    private final JwtAlgorithm algorithm;
    private final Key key;
    private final Optional<String> id;

    private VerificationKey(JwtAlgorithm algorithm, Key key, Optional<String> id) {
        this.algorithm = algorithm;
        this.key = key;
        this.id = id;
    }

    /**
     * A public key, for anything but {@link JwtAlgorithm#HS256}.
     *
     * @throws IllegalArgumentException if it is not of the algorithm's kind, or too weak
     */
    public static VerificationKey of(JwtAlgorithm algorithm, PublicKey key) {
        algorithm.require(key);
        return new VerificationKey(algorithm, key, Optional.empty());
    }

    /** As {@link #of(JwtAlgorithm, PublicKey)}, from a public key or certificate in PEM form. */
    public static VerificationKey pem(JwtAlgorithm algorithm, String pem) {
        return of(algorithm, PemKeys.publicKey(pem));
    }

    /**
     * A secret shared with who signs: {@link JwtAlgorithm#HS256}.
     *
     * @throws IllegalArgumentException if it is shorter than 32 bytes
     */
    public static VerificationKey shared(Secret secret) {
        SecretKey key = secret.reveal(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        JwtAlgorithm.HS256.require(key);
        return new VerificationKey(JwtAlgorithm.HS256, key, Optional.empty());
    }

    /** This key with the name that tokens know it by: {@code kid}. */
    public VerificationKey named(String kid) {
        return new VerificationKey(algorithm, key, Optional.of(kid));
    }

    /** The only algorithm it checks. */
    public JwtAlgorithm algorithm() {
        return algorithm;
    }

    /** What tokens know it by. */
    public Optional<String> id() {
        return id;
    }

    /** Whether {@code signature} is one of {@code bytes} by this key. */
    boolean verifies(byte[] bytes, byte[] signature) {
        try {
            return algorithm == JwtAlgorithm.EDDSA
                    ? edwards(bytes, signature)
                    : verifier().verify(new JWSHeader(algorithm.jose()), bytes, Base64URL.encode(signature));
        } catch (GeneralSecurityException | JOSEException malformed) {
            return false;
        }
    }

    private JWSVerifier verifier() throws JOSEException {
        return switch (algorithm) {
            case ES256 -> new ECDSAVerifier((ECPublicKey) key);
            case HS256 -> new MACVerifier((SecretKey) key);
            default -> new RSASSAVerifier((RSAPublicKey) key);
        };
    }

    private boolean edwards(byte[] bytes, byte[] signature) throws GeneralSecurityException {
        if (signature.length != EDWARDS_BYTES) {
            return false;
        }
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify((PublicKey) key);
        check.update(bytes);
        return check.verify(signature);
    }

    @Override
    public String toString() {
        return algorithm + " key" + id.map(kid -> " " + kid).orElse("");
    }
}
