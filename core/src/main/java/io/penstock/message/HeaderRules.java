package io.penstock.message;

import java.util.Locale;
import java.util.Set;

/** What a header field may be, whoever sets it; the client library must never see anything else. */
final class HeaderRules {

    private static final int LONGEST_VALUE = 8 * 1024;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final Set<String> TRANSPORT_ONLY = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "te",
            "upgrade",
            "trailer",
            "keep-alive",
            "expect",
            "proxy-connection",
            "proxy-authorization");

    private HeaderRules() {}

    /** Throws {@link IllegalArgumentException} naming the field, never its value. */
    static void require(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(HeaderRules::tokenChar)) {
            throw new IllegalArgumentException("a header name holds letters, digits and " + TOKEN_MARKS + " only");
        }
        if (TRANSPORT_ONLY.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header " + name + " is set by the transport alone: remove it");
        }
        if (value.length() > LONGEST_VALUE || !value.chars().allMatch(HeaderRules::valueChar) || padded(value)) {
            throw new IllegalArgumentException("the value of header " + name
                    + " must be printable ASCII or tabs, at most 8 KiB, without a space at either end");
        }
    }

    private static boolean padded(String value) {
        return !value.isEmpty() && !value.strip().equals(value);
    }

    private static boolean tokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static boolean valueChar(int c) {
        return c == '\t' || (c >= 0x20 && c <= 0x7E);
    }
}
