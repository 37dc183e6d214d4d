package io.penstock.auth.sign;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** How bytes are written as text, in signatures and in keys. */
public enum ByteText {
    /** As the UTF-8 text itself; for keys only. */
    TEXT,
    /** Lower case hexadecimal. */
    HEX,
    /** Base64 with padding (RFC 4648, section 4). */
    BASE64,
    /** Base64 for URLs, without padding (RFC 4648, section 5). */
    BASE64URL;

    String write(byte[] bytes) {
        return switch (this) {
            case TEXT -> new String(bytes, StandardCharsets.UTF_8);
            case HEX -> HexFormat.of().formatHex(bytes);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }

    /** Throws {@link IllegalArgumentException} that does not repeat the text, which is a key. */
    byte[] read(String text) {
        try {
            return switch (this) {
                case TEXT -> text.getBytes(StandardCharsets.UTF_8);
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
                case BASE64URL -> Base64.getUrlDecoder().decode(text);
            };
        } catch (IllegalArgumentException malformed) { // its message repeats the text: no cause
            throw new IllegalArgumentException("the key is not " + name().toLowerCase(java.util.Locale.ROOT)
                    + ": check key_encoding, which says how the key is written");
        }
    }
}
