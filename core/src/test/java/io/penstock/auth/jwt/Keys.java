package io.penstock.auth.jwt;

import io.penstock.config.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Keys for one run of tests. */
final class Keys {

    static final String SHARED = "a shared secret of 32 bytes or so";
    static final KeyPair RSA = pair("RSA", 2048);
    static final KeyPair OTHER_RSA = pair("RSA", 2048);
    static final KeyPair WEAK_RSA = pair("RSA", 1024);
    static final KeyPair EC = curve("secp256r1");
    static final KeyPair OTHER_EC = curve("secp384r1");
    static final KeyPair ED = pair("Ed25519", 255);

    private Keys() {}

    private static KeyPair pair(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static KeyPair curve(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(name));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    static Secret secret(KeyPair pair) {
        return Secret.of(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static KeyPair pairOf(JwtAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, PS256 -> RSA;
            case ES256 -> EC;
            default -> ED;
        };
    }

    static SigningKey signing(JwtAlgorithm algorithm) {
        return SigningKey.of(algorithm, algorithm.symmetric() ? Secret.of(SHARED) : secret(pairOf(algorithm)));
    }

    static VerificationKey verifying(JwtAlgorithm algorithm) {
        if (algorithm.symmetric()) {
            return VerificationKey.shared(Secret.of(SHARED));
        }
        PublicKey key = pairOf(algorithm).getPublic();
        return VerificationKey.pem(algorithm, pem("PUBLIC KEY", key.getEncoded()));
    }
}
