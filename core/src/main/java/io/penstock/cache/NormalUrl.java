package io.penstock.cache;

import io.penstock.message.Origin;
import java.net.URI;
import java.util.Locale;

/** One text for URLs that mean the same (RFC 3986, section 6.2): scheme, host, port, percent-encoding; the query's order stays. */
final class NormalUrl {

    private static final String UNRESERVED = "-._~";

    private NormalUrl() {}

    static String of(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return Origin.of(url) + codes(path + query);
    }

    /** Codes in upper case; a code of a character that needs none becomes the character. */
    private static String codes(String text) {
        StringBuilder normal = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%' || i + 2 > text.length() - 1) {
                normal.append(text.charAt(i));
                continue;
            }
            String code = text.substring(i + 1, i + 3);
            int value = Integer.parseInt(code, 16); // a URI holds no stray percent sign
            if (unreserved((char) value)) {
                normal.append((char) value);
            } else {
                normal.append('%').append(code.toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return normal.toString();
    }

    private static boolean unreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }
}
