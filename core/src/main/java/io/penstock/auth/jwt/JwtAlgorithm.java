package io.penstock.auth.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/** How a token is signed (RFC 7518, section 3; RFC 8037). Each goes with one kind of key. */
@SuppressWarnings("ImmutableEnumChecker") // the library's name of an algorithm never changes
public enum JwtAlgorithm {
    /** RSA with PKCS#1 padding and SHA-256; keys of at least 2048 bits. */
    RS256("RS256", JWSAlgorithm.RS256),
    /** RSA with PSS padding and SHA-256; keys of at least 2048 bits. */
    PS256("PS256", JWSAlgorithm.PS256),
    /** ECDSA on the curve P-256 with SHA-256. */
    ES256("ES256", JWSAlgorithm.ES256),
    /** Ed25519. */
    EDDSA("EdDSA", JWSAlgorithm.EdDSA),
    /** HMAC with SHA-256; secrets of at least 32 bytes. */
    HS256("HS256", JWSAlgorithm.HS256);

    private static final int RSA_BITS = 2048;
    private static final int SECRET_BYTES = 32;

    private final String written;
    private final JWSAlgorithm jose;

    JwtAlgorithm(String written, JWSAlgorithm jose) {
        this.written = written;
        this.jose = jose;
    }

    /** As tokens name it; exact, and never {@code none}. */
    static Optional<JwtAlgorithm> named(String written) {
        return Stream.of(values()).filter(one -> one.written.equals(written)).findFirst();
    }

    JWSAlgorithm jose() {
        return jose;
    }

    /** Whether keys are shared between who signs and who checks. */
    boolean symmetric() {
        return this == HS256;
    }

    /** Throws {@link IllegalArgumentException} unless {@code key} is of the kind and strength that this algorithm goes with. */
    void require(Key key) {
        String wrong = problem(key);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(written + " needs " + wrong);
        }
    }

    private String problem(Key key) {
        return switch (this) {
            case RS256, PS256 ->
                key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= RSA_BITS
                        ? ""
                        : "an RSA key of at least 2048 bits";
            case ES256 ->
                key instanceof ECKey ec && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))
                        ? ""
                        : "an EC key on the curve P-256";
            case EDDSA ->
                key instanceof EdECKey edwards && edwards.getParams().getName().equals("Ed25519")
                        ? ""
                        : "an Ed25519 key";
            case HS256 ->
                key instanceof SecretKey && key.getEncoded().length >= SECRET_BYTES
                        ? ""
                        : "a secret of at least 32 bytes";
        };
    }

    @Override
    public String toString() {
        return written;
    }
}
