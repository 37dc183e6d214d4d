package io.penstock.redact;

/**
 * Makes characters visible that would steer a terminal or forge a line of a log: what an API, a plan or a file has said is shown
 * to people only so.
 */
public final class ControlCharacters {

    private ControlCharacters() {}

    /** {@code text} with every control character but tabs and line breaks escaped, as {@code \}{@code u001b}. */
    public static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (steers(text.charAt(i)) && text.charAt(i) != '\n') {
                return escaped(text, i, false);
            }
        }
        return text;
    }

    /** As {@link #escape}, line breaks too: for what has to stay one line. */
    public static String escapeLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (steers(text.charAt(i))) {
                return escaped(text, i, true);
            }
        }
        return text;
    }

    private static String escaped(String text, int from, boolean breaks) {
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' && breaks) {
                shown.append("\\n");
            } else if (c != '\n' && steers(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** C0, C1 and DEL, the two separators of Unicode, and what turns the direction of writing. */
    private static boolean steers(char c) {
        return (c < ' ' && c != '\t')
                || (c >= 0x7F && c <= 0x9F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
