package io.penstock.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The forms in which a secret travels. */
final class SecretForms {

    /** A line of a key file that is shorter than this may stand anywhere. */
    private static final int SHORTEST_LINE = 16;

    private SecretForms() {}

    /** All forms of {@code secret}; none if it is too short to be searched for. */
    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        add(secret, Redaction.SHORTEST, forms);
        if (secret.indexOf('\n') >= 0) { // shown line by line as often as whole
            secret.lines().map(String::strip).forEach(line -> add(line, SHORTEST_LINE, forms));
        }
        return forms;
    }

    private static void add(String secret, int shortest, Set<String> forms) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < shortest) {
            return;
        }
        forms.add(secret);
        percent(secret, bytes, forms);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        json(secret, forms);
        for (int shift = 0; shift < 3; shift++) {
            forms.add(aligned(bytes, shift, Base64.getEncoder()));
            forms.add(aligned(bytes, shift, Base64.getUrlEncoder()));
        }
    }

    /** As forms, URLs and paths escape it, with digits of either case, and escaped as a whole. */
    private static void percent(String secret, byte[] bytes, Set<String> forms) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String query = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        String path = path(bytes);
        for (String escaped : List.of(form, query, path, query.replace("%2F", "/"), query.replace("%3A", ":"))) {
            forms.add(escaped);
            forms.add(lowerDigits(escaped));
        }
        forms.add(all(bytes, HexFormat.of().withUpperCase()));
        forms.add(all(bytes, HexFormat.of()));
    }

    /** What a path segment must escape, and nothing more (RFC 3986, pchar). */
    private static String path(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        HexFormat hex = HexFormat.of().withUpperCase();
        for (byte one : bytes) {
            char c = (char) (one & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~!$&'()*+,;=:@".indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : "%" + hex.toHexDigits(one));
        }
        return text.toString();
    }

    private static String all(byte[] bytes, HexFormat hex) {
        return hex.withPrefix("%").formatHex(bytes);
    }

    private static String lowerDigits(String escaped) {
        StringBuilder text = new StringBuilder(escaped);
        for (int at = escaped.indexOf('%'); at >= 0 && at + 3 <= escaped.length(); at = escaped.indexOf('%', at + 1)) {
            text.replace(at, at + 3, escaped.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /** As JSON writers escape it: what must be, with the slash, and with everything beyond ASCII. */
    private static void json(String secret, Set<String> forms) {
        String least = json(secret, false, false);
        forms.add(least);
        forms.add(least.replace("/", "\\/"));
        forms.add(json(secret, true, false));
        forms.add(json(secret, true, true));
        forms.add(json(least, false, false)); // a document within a document
    }

    private static String json(String secret, boolean ascii, boolean upper) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> text.append(c < ' ' || (ascii && c > '~') ? unicode(c, upper) : String.valueOf(c));
            }
        }
        return text.toString();
    }

    private static String unicode(char c, boolean upper) {
        HexFormat hex = upper ? HexFormat.of().withUpperCase() : HexFormat.of();
        return "\\u" + hex.toHexDigits(c);
    }

    /** The characters of the Base64 form that depend on the secret alone when it starts {@code shift} bytes into a group. */
    private static String aligned(byte[] bytes, int shift, Base64.Encoder encoder) {
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int first = shift == 0 ? 0 : shift + 1;
        int whole = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(first, whole);
    }
}
