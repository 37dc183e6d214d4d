package io.penstock.http.outbound;

import io.penstock.config.Secret;
import io.penstock.config.key.PemKeys;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who we are, for servers that want clients to prove themselves when the connection is made (mutual TLS, RFC 8446, section 4.4.2).
 *
 * <p>Immutable; shows neither key nor subject. The key is read once: a secret that is replaced later takes no effect here, build another
 * client with it.
 */
public final class ClientCertificate {

    private static final byte[] PROBE = {1, 2, 3};

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * A certificate and the key it is for.
     *
     * @param certificates in PEM form: first our own, then those that signed it
     * @param key in PEM form, PKCS#8 without a pass phrase: RSA, EC or Ed25519
     * @throws IllegalArgumentException if one of them cannot be read, or they do not belong together; never with any of the key
     */
    public static ClientCertificate of(String certificates, Secret key) {
        List<X509Certificate> chain = PemKeys.certificates(certificates);
        PrivateKey ours = PemKeys.privateKey(key);
        if (!belong(chain.get(0).getPublicKey(), ours)) {
            throw new IllegalArgumentException("the private key " + key.reference()
                    + " is not the one of the first certificate: give the certificate that was issued for it");
        }
        return new ClientCertificate(chain, ours);
    }

    private static boolean belong(PublicKey known, PrivateKey ours) {
        try {
            if (!known.getAlgorithm().equals(ours.getAlgorithm())) {
                return false;
            }
            Signature signature = Signature.getInstance(algorithm(ours));
            signature.initSign(ours);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }

    /** Our own certificate and those that signed it. */
    public X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** The key. */
    public PrivateKey key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientCertificate it && it.chain.equals(chain) && it.key.equals(key);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }

    @Override
    public String toString() {
        return "client certificate";
    }
}
