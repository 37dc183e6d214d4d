package io.penstock.config.key;

import io.penstock.config.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM text. RSA, EC and Ed25519 keys are known. */
public final class PemKeys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]{1,65536})-----END \\1-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");
    private static final String MEND = ": write it as PKCS#8 without a pass phrase, by"
            + " openssl pkcs8 -topk8 -nocrypt -in key.pem -out key8.pem";

    private PemKeys() {}

    /** Makes a key of one kind. */
    @FunctionalInterface
    private interface Maker<K> {
        K make(KeyFactory factory, KeySpec spec) throws InvalidKeySpecException;
    }

    /**
     * The private key in PKCS#8 form: {@code BEGIN PRIVATE KEY}.
     *
     * @throws IllegalArgumentException naming the reference, what was found and what mends it, never any of the text
     */
    public static PrivateKey privateKey(Secret pem) {
        String what = "the private key " + pem.reference();
        return Objects.requireNonNull(pem.reveal(text -> {
            Block block = block(text, what);
            if (!block.label().equals("PRIVATE KEY")) {
                throw new IllegalArgumentException(what + " is a " + block.label() + MEND);
            }
            return key(new PKCS8EncodedKeySpec(bytes(block, what)), KeyFactory::generatePrivate, what);
        }));
    }

    /**
     * The public key of {@code BEGIN PUBLIC KEY}, or of a certificate.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static PublicKey publicKey(String pem) {
        Block block = block(pem, "the public key");
        if (block.label().equals("CERTIFICATE")) {
            return certificates(pem).get(0).getPublicKey();
        }
        if (!block.label().equals("PUBLIC KEY")) {
            throw new IllegalArgumentException(
                    "expected a public key (-----BEGIN PUBLIC KEY-----) or a certificate, found a " + block.label());
        }
        byte[] bytes = bytes(block, "the public key");
        return key(new X509EncodedKeySpec(bytes), KeyFactory::generatePublic, "the public key");
    }

    /**
     * The certificates of a PEM text, in order.
     *
     * @throws IllegalArgumentException if it holds none, or something else
     */
    public static List<X509Certificate> certificates(String pem) {
        try {
            byte[] bytes = lines(pem).getBytes(StandardCharsets.US_ASCII);
            List<X509Certificate> found = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .forEach(one -> found.add((X509Certificate) one));
            if (found.isEmpty()) {
                throw new CertificateException("none found");
            }
            return List.copyOf(found);
        } catch (CertificateException unreadable) { // its message may repeat text, and the text may be a key
            throw new IllegalArgumentException("expected certificates in PEM form (-----BEGIN CERTIFICATE-----)");
        }
    }

    private record Block(String label, String base64) {}

    private static Block block(String text, String what) {
        Matcher block = BLOCK.matcher(lines(text));
        if (!block.find()) {
            throw new IllegalArgumentException(
                    what + " is no PEM text: expected -----BEGIN ...-----, lines of Base64, -----END ...-----");
        }
        return new Block(block.group(1), block.group(2));
    }

    /** An environment variable often holds its line breaks as two characters. */
    private static String lines(String text) {
        return text.contains("\\n") ? text.replace("\\r", "").replace("\\n", "\n") : text;
    }

    private static byte[] bytes(Block block, String what) {
        try {
            return Base64.getDecoder().decode(block.base64().replaceAll("\\s", ""));
        } catch (IllegalArgumentException malformed) { // its message repeats the text: no cause
            throw new IllegalArgumentException(what + " holds something else than Base64 between BEGIN and END");
        }
    }

    private static <K> K key(KeySpec spec, Maker<K> maker, String what) {
        for (String kind : KINDS) {
            try {
                return maker.make(KeyFactory.getInstance(kind), spec);
            } catch (InvalidKeySpecException another) {
                // then it is of the next kind
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("this Java platform knows no " + kind + " keys", missing);
            }
        }
        throw new IllegalArgumentException(what + " is of no kind that is known: " + String.join(", ", KINDS));
    }
}
