package io.penstock.message;

import java.nio.charset.StandardCharsets;

/** Turns raw text into one path segment or query part of a URL. */
public final class PathText {

    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PathText() {}

    /** Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3. */
    public static String encode(String raw) {
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

    private static boolean unreserved(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || UNRESERVED.indexOf(b) >= 0;
    }
}
