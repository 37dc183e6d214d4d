package io.penstock.decode;

import java.nio.charset.StandardCharsets;

/** Turns the inside of a proven JSON string into the text it means; half a surrogate pair becomes U+FFFD. */
final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** The text between {@code from} and {@code to}, without the quotes. */
    static String decoded(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return raw.indexOf('\\') < 0 ? raw : unescaped(raw);
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = raw.charAt(i++);
            text.append(escaped == 'u' ? unicode(raw, i) : simple(escaped));
            i += escaped == 'u' ? 4 : 0;
        }
        return repaired(text);
    }

    private static char unicode(String raw, int at) {
        return (char) Integer.parseInt(raw.substring(at, at + 4), 16);
    }

    private static char simple(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static String repaired(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            boolean pair = Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                text.setCharAt(i, REPLACEMENT);
            }
        }
        return text.toString();
    }
}
