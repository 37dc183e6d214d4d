package io.penstock.auth.sign;

import io.penstock.message.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a template may speak of.
 *
 * @param request as it is about to be sent
 * @param timestamp the moment of signing, written as the API wants it
 * @param nonce different for each request
 * @param keyId which key it is, as the server knows it
 * @param signature once it is made
 */
record Facts(ApiRequest request, String timestamp, String nonce, String keyId, Optional<String> signature) {

    /** One name in braces. */
    @SuppressWarnings("ImmutableEnumChecker") // functions of nothing but their argument
    enum Name {
        METHOD(facts -> text(facts.request.method().name())),
        HOST(facts -> text(facts.request.origin().authority())),
        PATH(facts -> text(facts.path())),
        QUERY(facts -> text(facts.query())),
        SORTED_QUERY(facts -> text(facts.sorted())),
        PATH_AND_QUERY(facts -> text(facts.target())),
        URL(facts -> text(facts.request.origin() + facts.target())),
        BODY(facts -> facts.request.body()),
        BODY_SHA256(facts -> text(facts.digest("SHA-256", ByteText.HEX))),
        BODY_SHA256_BASE64(facts -> text(facts.digest("SHA-256", ByteText.BASE64))),
        BODY_SHA512(facts -> text(facts.digest("SHA-512", ByteText.HEX))),
        BODY_SHA512_BASE64(facts -> text(facts.digest("SHA-512", ByteText.BASE64))),
        BODY_MD5(facts -> text(facts.digest("MD5", ByteText.HEX))),
        BODY_MD5_BASE64(facts -> text(facts.digest("MD5", ByteText.BASE64))),
        TIMESTAMP(facts -> text(facts.timestamp)),
        NONCE(facts -> text(facts.nonce)),
        KEY_ID(facts -> text(facts.keyId)),
        SIGNATURE(facts -> text(facts.signature.orElseThrow(
                () -> new IllegalArgumentException("{signature} cannot be part of what is signed"))));

        private final Function<Facts, byte[]> value;

        Name(Function<Facts, byte[]> value) {
            this.value = value;
        }

        byte[] of(Facts facts) {
            return value.apply(facts);
        }
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    Facts signed(String made) {
        return new Facts(request, timestamp, nonce, keyId, Optional.of(made));
    }

    Facts of(ApiRequest changed) {
        return new Facts(changed, timestamp, nonce, keyId, signature);
    }

    /** What stands in the request line: nothing there is sent as a slash. */
    private String path() {
        String raw = request.url().getRawPath();
        return raw == null || raw.isEmpty() ? "/" : raw;
    }

    private String query() {
        String raw = request.url().getRawQuery();
        return raw == null ? "" : raw;
    }

    private String sorted() {
        return Arrays.stream(query().split("&")).sorted().collect(Collectors.joining("&"));
    }

    private String target() {
        return query().isEmpty() ? path() : path() + "?" + query();
    }

    private String digest(String algorithm, ByteText as) {
        return as.write(Digests.of(algorithm, request.body()));
    }

    /** All values of a field, as they are sent; the host is one that the transport writes. */
    byte[] header(String name) {
        List<String> values = name.equalsIgnoreCase("Host")
                ? List.of(request.origin().authority())
                : request.headers().all(name);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("the request has no header " + name + ", which its signature covers:"
                    + " give it under headers, or take {header:" + name + "} out of the template");
        }
        return text(String.join(", ", values));
    }
}
