package io.penstock.message;

import java.nio.charset.StandardCharsets;

/** Turns raw text into one path segment or query part of a URL. */
public final class PathText {

    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PathText() {}

    /** Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3. */
    public static String encode(String raw) {
        if (plain(raw)) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length() + 8);
        for (byte b : raw.getBytes(StandardCharsets.UTF_8)) {
            if (unreserved(b)) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return text.toString();
    }

    private static boolean plain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c >= 0x80 || !unreserved((byte) c)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Encodes one path segment that came from data.
     *
     * @throws IllegalArgumentException if it is {@code .} or {@code ..}, which would walk to another path
     */
    public static String segment(String raw) {
        if (raw.equals(".") || raw.equals("..") || raw.isEmpty()) {
            throw new IllegalArgumentException("a path segment from data must not be empty, '.' or '..'");
        }
        return encode(raw);
    }

    /**
     * Judges a path that is put behind a base URL.
     *
     * @throws IllegalArgumentException if a segment of it is {@code .} or {@code ..}, coded or not, or a backslash
     */
    public static void requireNoSteps(String path) {
        if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
            return; // as most paths
        }
        for (String segment : path.split("[?#]", 2)[0].split("[/\\\\]", -1)) {
            String plain = segment.replaceAll("(?i)%2e", ".");
            if (plain.equals(".") || plain.equals("..")) {
                throw new IllegalArgumentException(
                        "a path must not step to another one by '.' or '..': write where it leads");
            }
        }
    }

    private static boolean unreserved(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || UNRESERVED.indexOf(b) >= 0;
    }
}
