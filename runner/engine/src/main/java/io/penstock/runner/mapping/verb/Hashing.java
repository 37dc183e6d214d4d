package io.penstock.runner.mapping.verb;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a value is hashed: plain, which whoever can guess the value can check, or as an HMAC (RFC 2104), which needs the key.
 *
 * @param algorithm which digest
 * @param key of an HMAC; empty for a plain digest
 */
public record Hashing(Algorithm algorithm, Optional<Secret> key) {

    private static final Setting<Algorithm> ALGORITHM =
            Setting.of("algorithm", "Which digest.", Types.oneOf(Algorithm.class), "sha256");
    private static final Setting<Secret> KEY = Setting.required(
            "key", "Secret key, which makes it an HMAC that nobody without the key can guess.", Types.secret());

    /** The digests there are. */
    public enum Algorithm {
        /** SHA-256. */
        SHA256("SHA-256", "HmacSHA256"),
        /** SHA-512. */
        SHA512("SHA-512", "HmacSHA512");

        private final String digest;
        private final String mac;

        Algorithm(String digest, String mac) {
            this.digest = digest;
            this.mac = mac;
        }
    }

    /** As a setting: the name of an algorithm, or a mapping with a key. */
    public static Type<Hashing> type() {
        return new Written(
                Types.oneOf(Algorithm.class),
                Types.object(
                        List.of(ALGORITHM, KEY),
                        (Config config) -> new Hashing(config.value(ALGORITHM), config.optional(KEY))));
    }

    /** The hash of {@code text} in UTF-8, in small hexadecimal digits. */
    String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = key.isPresent()
                    ? mac(key.get()).doFinal(bytes)
                    : MessageDigest.getInstance(algorithm.digest).digest(bytes);
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    private Mac mac(Secret secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm.mac);
        mac.init(secret.reveal(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), algorithm.mac)));
        return mac;
    }

    private record Written(Type<Algorithm> name, Type<Hashing> mapping) implements Type<Hashing> {

        @Override
        public @Nullable Hashing read(Object raw, Place at) {
            if (raw instanceof Map) {
                return mapping.read(raw, at);
            }
            Algorithm algorithm = name.read(raw, at);
            return algorithm == null ? null : new Hashing(algorithm, Optional.empty());
        }

        @Override
        public String words() {
            return name.words() + ", or " + mapping.words();
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("oneOf", List.of(name.schema(), mapping.schema()));
            return schema;
        }
    }
}
