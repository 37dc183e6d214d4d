package io.penstock.record;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON Pointer (RFC 6901): the way from the root of a document to one value.
 *
 * @param segments unescaped names or array indexes, outermost first; empty for the root
 */
public record Pointer(List<String> segments) {

    /** The whole document. */
    public static final Pointer ROOT = new Pointer(List.of());

    /** Copies the segments. */
    public Pointer {
        segments = List.copyOf(segments);
    }

    /**
     * Reads the string form, such as {@code /data/items}; the empty text is the root.
     *
     * @throws IllegalArgumentException if {@code text} neither is empty nor starts with a slash, or has a tilde that is
     *     not part of {@code ~0} or {@code ~1}
     */
    public static Pointer of(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/') {
            throw new IllegalArgumentException(
                    "a JSON Pointer starts with '/', such as /" + text + ", but was " + text);
        }
        List<String> segments = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            segments.add(unescape(segment, text));
        }
        return new Pointer(segments);
    }

    private static String unescape(String segment, String text) {
        for (int at = segment.indexOf('~'); at >= 0; at = segment.indexOf('~', at + 1)) {
            if (at + 1 == segment.length() || "01".indexOf(segment.charAt(at + 1)) < 0) {
                throw new IllegalArgumentException("'~' in a JSON Pointer is written ~0, and '/' ~1, but was " + text);
            }
        }
        return segment.replace("~1", "/").replace("~0", "~");
    }

    /** How many segments lie between the root and the value. */
    public int depth() {
        return segments.size();
    }

    /** This pointer one step further down. */
    public Pointer child(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new Pointer(longer);
    }

    /** The string form of RFC 6901. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
