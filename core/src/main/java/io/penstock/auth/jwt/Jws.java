package io.penstock.auth.jwt;

import io.penstock.error.AccessDenied.AuthError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A signed token taken apart, with nothing believed yet: compact form (RFC 7515, section 7.1). */
record Jws(JwtAlgorithm algorithm, Optional<String> keyId, Map<String, Object> header, Parts parts) {

    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_KEY_ID = 256;

    /** What was signed, and by what. */
    @SuppressWarnings("ArrayRecordComponent") // taken apart, never compared
    record Parts(byte[] signed, byte[] payload, byte[] signature) {}

    static Jws parse(String token) {
        if (token.length() > LONGEST) {
            throw refused("it is longer than 16 KiB");
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 1 || second <= first + 1 || second == token.length() - 1 || token.indexOf('.', second + 1) >= 0) {
            throw refused("expected three parts with a signature, joined by dots");
        }
        Map<String, Object> header = StrictJson.object(decode(token.substring(0, first)), "header");
        Parts parts = new Parts(
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                decode(token.substring(first + 1, second)),
                decode(token.substring(second + 1)));
        return new Jws(algorithm(header), keyId(header), header, parts);
    }

    private static JwtAlgorithm algorithm(Map<String, Object> header) {
        if (header.containsKey("crit") || header.containsKey("b64")) {
            throw refused("its header demands extensions (crit) that are not known here");
        }
        if (header.containsKey("enc") || header.containsKey("zip") || header.containsKey("cty")) {
            throw refused("it is encrypted, packed or nested, which is not taken here");
        }
        return JwtAlgorithm.named(text(header, "alg").orElse(""))
                .orElseThrow(() -> refused("its algorithm is none of RS256, PS256, ES256, EdDSA, HS256"));
    }

    private static Optional<String> keyId(Map<String, Object> header) {
        Optional<String> id = text(header, "kid");
        if (id.filter(kid -> kid.length() > LONGEST_KEY_ID).isPresent()) {
            throw refused("its kid is longer than " + LONGEST_KEY_ID + " characters");
        }
        return id;
    }

    /** A member that must be text where it is there. */
    private static Optional<String> text(Map<String, Object> header, String name) {
        if (!header.containsKey(name)) {
            return Optional.empty();
        }
        if (header.get(name) instanceof String text) {
            return Optional.of(text);
        }
        throw refused("its " + name + " is no text");
    }

    Optional<String> type() {
        return text(header, "typ");
    }

    /** One text for one sequence of bytes: no padding, no other alphabet, no bits left over. */
    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw refused("its parts must be Base64url without padding");
        }
        throw refused("its parts must be Base64url without padding");
    }

    static AuthError refused(String why) {
        return new AuthError("a JWT is refused: " + why);
    }

    @Override
    public String toString() {
        return "JWT by " + algorithm;
    }
}
