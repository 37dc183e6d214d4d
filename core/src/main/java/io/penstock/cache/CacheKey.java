package io.penstock.cache;

import io.penstock.message.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What an entry is found by: digests, so that neither URLs nor credentials can be read in a store.
 *
 * @param place of the URL alone; everything kept of one URL is forgotten together
 * @param variant of method, header fields, body and credential
 */
public record CacheKey(String place, String variant) {

    /**
     * The key of a request.
     *
     * <p>All header fields of the request count, so that whatever {@code Vary} may name is among them.
     *
     * @param request before its credential is put on it
     * @param credential tells one credential from another
     */
    static CacheKey of(ApiRequest request, String credential) {
        MessageDigest variant = sha256();
        part(variant, request.method().name());
        part(variant, credential);
        for (String name : request.headers().names()) {
            part(variant, name.toLowerCase(Locale.ROOT));
            request.headers().all(name).forEach(value -> part(variant, value));
        }
        part(variant, hex(sha256().digest(request.body())));
        MessageDigest place = sha256();
        part(place, NormalUrl.of(request.url()));
        return new CacheKey(hex(place.digest()), hex(variant.digest()));
    }

    /** With its length in front, so that no two lists of parts are one text. */
    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
