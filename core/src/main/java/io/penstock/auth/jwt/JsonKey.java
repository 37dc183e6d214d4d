package io.penstock.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.penstock.config.Secret;
import io.penstock.config.key.PemKeys;
import io.penstock.error.AccessDenied.AuthError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs as JSON has it: a JWK (RFC 7517), or the file of a service account, which holds a PEM text.
 *
 * @param key itself
 * @param id what the receiver knows it by
 * @param account whose it is
 */
record JsonKey(Key key, Optional<String> id, Optional<String> account) {

    private static final int LONGEST = 64 * 1024;
    private static final byte[] ED25519_INFO = HexFormat.of().parseHex("302e020100300506032b657004220420");

    /**
     * The key in {@code secret}; empty if that is no JSON of a key.
     *
     * @throws IllegalArgumentException naming the reference and what is wrong, never any of the text
     */
    static Optional<JsonKey> of(JwtAlgorithm algorithm, Secret secret) {
        return secret.reveal(text -> members(text)).flatMap(members -> {
            if (members.containsKey("kty")) {
                return Optional.of(jwk(algorithm, members, "the JWK " + secret.reference()));
            }
            return text(members, "private_key").map(pem -> account(members, pem, secret.reference()));
        });
    }

    private static Optional<Map<String, Object>> members(String text) {
        if (!text.stripLeading().startsWith("{") || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(StrictJson.object(text.getBytes(StandardCharsets.UTF_8), "key"));
        } catch (AuthError noJson) { // a shared secret may look so
            return Optional.empty();
        }
    }

    private static JsonKey account(Map<String, Object> members, String pem, String reference) {
        PrivateKey key = PemKeys.privateKey(Secret.named(reference + "#private_key", pem));
        return new JsonKey(key, text(members, "private_key_id"), text(members, "client_email"));
    }

    private static JsonKey jwk(JwtAlgorithm algorithm, Map<String, Object> members, String what) {
        Optional<String> said = text(members, "alg");
        if (said.isPresent() && !said.get().equals(algorithm.toString())) {
            throw new IllegalArgumentException(what + " is of another algorithm than " + algorithm + ": write its own");
        }
        try {
            JWK jwk = JWK.parse(members);
            Key key = key(jwk);
            if (key != null) {
                return new JsonKey(key, Optional.ofNullable(jwk.getKeyID()), Optional.empty());
            }
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException unfit) {
            throw new IllegalArgumentException(what + " is broken, or of a kind that is not known"); // causes quote it
        }
        throw new IllegalArgumentException(what + " is a public key: give the private one");
    }

    private static @Nullable Key key(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return rsa.toPrivateKey();
        }
        if (jwk instanceof ECKey ec) {
            return ec.toECPrivateKey();
        }
        if (jwk instanceof OctetSequenceKey shared) {
            return new SecretKeySpec(shared.toByteArray(), "HmacSHA256");
        }
        return jwk instanceof OctetKeyPair pair && pair.getD() != null ? edwards(pair.getDecodedD()) : null;
    }

    private static Key edwards(byte[] secret) throws GeneralSecurityException {
        byte[] info = new byte[ED25519_INFO.length + secret.length];
        System.arraycopy(ED25519_INFO, 0, info, 0, ED25519_INFO.length);
        System.arraycopy(secret, 0, info, ED25519_INFO.length, secret.length);
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(info));
    }

    private static Optional<String> text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String toString() {
        return "a key in JSON";
    }
}
