package io.penstock.auth.sign;

import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signs requests with a keyed hash (RFC 2104) over what a template says of them.
 *
 * <p>A template is text with names in braces: {@code method}, {@code host}, {@code path}, {@code query}, {@code sorted_query},
 * {@code path_and_query}, {@code url}, {@code header:Name}, {@code body} (its bytes), {@code body_sha256},
 * {@code body_sha256_base64}, {@code body_sha512}, {@code body_sha512_base64}, {@code body_md5}, {@code body_md5_base64},
 * {@code timestamp}, {@code nonce}, {@code key_id}, and where the signature is put {@code signature}. All of them are what is really
 * sent: path and query are percent-encoded, hashes are over the body's bytes.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class HmacSigning {

    /** The hash that is keyed. */
    public enum Hash {
        /** HMAC-SHA256. */
        SHA256,
        /** HMAC-SHA384. */
        SHA384,
        /** HMAC-SHA512. */
        SHA512,
        /** HMAC-SHA1, for old APIs that offer nothing else. */
        SHA1;

        String algorithm() {
            return "Hmac" + name();
        }
    }

    private final Secret key;
    private final String keyId;
    private final Hash hash;
    private final ByteText keyText;
    private final ByteText signatureText;
    private final TimeText time;
    private final SignTemplate signed;
    private final Map<String, SignTemplate> headers;
    private final Optional<String> query;

    private HmacSigning(Builder from) {
        this.key = from.key;
        this.keyId = from.keyId;
        this.hash = from.hash;
        this.keyText = from.keyText;
        this.signatureText = from.signatureText;
        this.time = from.time;
        this.signed = SignTemplate.of(from.template);
        Map<String, SignTemplate> all = new LinkedHashMap<>();
        from.headers.forEach((name, text) -> all.put(name, SignTemplate.of(text)));
        this.headers = all;
        this.query = from.query;
    }

    /** Begins a signature with {@code key} over what {@code template} says. */
    public static Builder builder(Secret key, String template) {
        return new Builder(key, template);
    }

    /** What may be shown to tell this key from another. */
    public String identity() {
        return keyId + " " + key.identity();
    }

    /** As {@link Secret#fingerprint()}. */
    public String fingerprint() {
        return key.fingerprint();
    }

    /** What it signs with, to be read again where that is possible. */
    public List<Secret> keys() {
        return List.of(key);
    }

    /** Names of query parameters it writes. */
    public Set<String> queryNames() {
        return query.map(Set::of).orElse(Set.of());
    }

    /**
     * The request with its signature on it.
     *
     * @param now the moment that {@code timestamp} tells
     * @param nonce different for each request
     * @throws IllegalArgumentException naming a header that the template speaks of and the request lacks, or saying that the key is
     *     not written as it should be; never with anything that was signed
     */
    public ApiRequest sign(ApiRequest request, Instant now, String nonce) {
        Facts facts = new Facts(request, time.write(now), nonce, keyId, Optional.empty());
        ApiRequest dressed = request;
        for (Map.Entry<String, SignTemplate> header : headers.entrySet()) {
            if (!header.getValue().speaksOf("signature")) { // these may be signed themselves
                dressed = dressed.header(header.getKey(), header.getValue().text(facts.of(dressed)));
            }
        }
        byte[] text = signed.bytes(facts.of(dressed));
        byte[] mac = key.reveal(secret -> Digests.keyed(hash.algorithm(), keyText.read(secret), text));
        Facts done = facts.of(dressed).signed(signatureText.write(mac));
        ApiRequest result = dressed;
        for (Map.Entry<String, SignTemplate> header : headers.entrySet()) {
            if (header.getValue().speaksOf("signature")) {
                result = result.header(header.getKey(), header.getValue().text(done));
            }
        }
        return query.isPresent() ? result.query(query.get(), done.signature().orElseThrow()) : result;
    }

    @Override
    public String toString() {
        return "HMAC signature";
    }

    /** Gathers what an API wants signed; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private final Secret key;
        private final String template;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String keyId = "";
        private Hash hash = Hash.SHA256;
        private ByteText keyText = ByteText.TEXT;
        private ByteText signatureText = ByteText.HEX;
        private TimeText time = TimeText.UNIX;
        private Optional<String> query = Optional.empty();

        private Builder(Secret key, String template) {
            this.key = key;
            this.template = template;
        }

        /** Which key it is, as the server knows it: what {@code key_id} stands for; default none. */
        public Builder keyId(String id) {
            keyId = id;
            return this;
        }

        /** The hash; default SHA-256. */
        public Builder hash(Hash kind) {
            hash = kind;
            return this;
        }

        /** How the key is written; default as text. */
        public Builder keyText(ByteText how) {
            keyText = how;
            return this;
        }

        /** How the signature is written; default hexadecimal. */
        public Builder signatureText(ByteText how) {
            signatureText = how;
            return this;
        }

        /** How {@code timestamp} is written; default whole seconds since 1970. */
        public Builder time(TimeText how) {
            time = how;
            return this;
        }

        /** A header of every request, such as {@code X-Timestamp: {timestamp}} or {@code X-Signature: {signature}}. */
        public Builder header(String name, String text) {
            headers.put(name, text);
            return this;
        }

        /** A query parameter that is the signature, besides or instead of a header. */
        public Builder query(String name) {
            query = Optional.of(name);
            return this;
        }

        /**
         * Judges all settings together.
         *
         * @throws ConfigError naming everything that could never be signed or sent
         */
        public HmacSigning build() {
            Problems problems = new Problems();
            judge(problems, "template", () -> {
                if (SignTemplate.of(template).speaksOf("signature")) {
                    throw new IllegalArgumentException("{signature} cannot be part of what is signed");
                }
            });
            judge(problems, "key", () -> key.reveal(keyText::read));
            boolean[] placed = {query.isPresent()};
            headers.forEach((name, text) -> judge(problems, "headers." + name, () -> {
                placed[0] |= SignTemplate.of(text).speaksOf("signature");
                ApiRequest.of(Method.GET, URI.create("http://localhost")).header(name, "x");
            }));
            problems.require(
                    placed[0],
                    "headers",
                    "the signature goes nowhere: put {signature} into a header, such as X-Signature: \"{signature}\", or name"
                            + " the query parameter");
            problems.throwIfAny("the signature");
            Digests.ready(hash.algorithm());
            return new HmacSigning(this);
        }

        private static void judge(Problems problems, String name, Runnable reading) {
            try {
                reading.run();
            } catch (IllegalArgumentException wrong) {
                problems.add(name, String.valueOf(wrong.getMessage()));
            }
        }
    }
}
