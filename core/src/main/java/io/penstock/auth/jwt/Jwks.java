package io.penstock.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.penstock.error.AccessDenied.AuthError;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a key set (RFC 7517): the public keys in it that sign. Others are passed over, as the RFC wants it. */
final class Jwks {

    private static final int LARGEST = 64 * 1024;
    private static final int MOST_KEYS = 100;
    private static final byte[] ED25519_INFO = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ED25519_BYTES = 32;

    private Jwks() {}

    static List<VerificationKey> read(byte[] body) {
        if (body.length > LARGEST) {
            throw new AuthError("the key set is larger than 64 KiB");
        }
        Object keys = StrictJson.object(body, "key set").get("keys");
        if (!(keys instanceof List<?> list) || list.size() > MOST_KEYS) {
            throw new AuthError("the key set is none: expected {\"keys\": [...]} with at most " + MOST_KEYS + " keys");
        }
        List<VerificationKey> found = new ArrayList<>();
        for (Object key : list) {
            if (key instanceof Map<?, ?> members) {
                found.addAll(keys(members));
            }
        }
        return List.copyOf(found);
    }

    /** An RSA key without {@code alg} goes with either padding. */
    private static List<VerificationKey> keys(Map<?, ?> members) {
        try {
            @SuppressWarnings("unchecked") // names of JSON members are text
            JWK jwk = JWK.parse((Map<String, Object>) members);
            List<VerificationKey> found = new ArrayList<>();
            if (signs(jwk)) {
                for (JwtAlgorithm algorithm : algorithms(jwk)) {
                    VerificationKey key = VerificationKey.of(algorithm, publicKey(jwk));
                    found.add(jwk.getKeyID() == null ? key : key.named(jwk.getKeyID()));
                }
            }
            return found;
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException unfit) {
            return List.of();
        }
    }

    private static boolean signs(JWK jwk) {
        boolean use = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        return use && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    private static List<JwtAlgorithm> algorithms(JWK jwk) {
        List<JwtAlgorithm> fit = jwk instanceof RSAKey
                ? List.of(JwtAlgorithm.RS256, JwtAlgorithm.PS256)
                : jwk instanceof ECKey
                        ? List.of(JwtAlgorithm.ES256)
                        : jwk instanceof OctetKeyPair ? List.of(JwtAlgorithm.EDDSA) : List.of();
        Optional<String> said = Optional.ofNullable(jwk.getAlgorithm()).map(name -> name.getName());
        return fit.stream()
                .filter(one -> said.isEmpty() || said.get().equals(one.toString()))
                .toList();
    }

    private static PublicKey publicKey(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return rsa.toPublicKey();
        }
        if (jwk instanceof ECKey ec) {
            return ec.toPublicKey();
        }
        byte[] point = ((OctetKeyPair) jwk).getDecodedX();
        if (point.length != ED25519_BYTES) {
            throw new IllegalArgumentException("not a key of Ed25519");
        }
        byte[] info = HexFormat.of()
                .parseHex(
                        HexFormat.of().formatHex(ED25519_INFO) + HexFormat.of().formatHex(point));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
    }
}
