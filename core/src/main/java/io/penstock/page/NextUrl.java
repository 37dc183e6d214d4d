package io.penstock.page;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.message.ApiRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs that a peer gave: made absolute, and marked as not to be trusted. */
final class NextUrl {

    private static final String NEEDS_CODE = "\"<>[]\\^`{|}";
    private static final Pattern HEAD = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?(//[^/?#]*)?");
    private static final Pattern STRAY_PERCENT = Pattern.compile("%(?!\\p{XDigit}{2})");

    private NextUrl() {}

    /** The configured request at the URL {@code token}, marked as derived; method, headers and body stay. */
    static ApiRequest request(ApiRequest configured, String token) {
        try {
            return configured.at(parse(token)).derived();
        } catch (IllegalArgumentException noOrigin) {
            throw new BlockedDestination(
                    "the API's link to the next page leads nowhere that may be asked: " + noOrigin.getMessage());
        }
    }

    /**
     * The absolute form of {@code link} in an answer to {@code base}, without fragment.
     *
     * @throws PaginationContract if it is not a URL
     */
    static String resolve(ApiRequest base, String link) {
        return Uris.resolve(base.url(), parse(link)).toString();
    }

    private static URI parse(String link) {
        try {
            return new URI(encoded(link));
        } catch (URISyntaxException notUrl) {
            throw new PaginationContract("the API's link to the next page is not a URL: " + notUrl.getReason());
        }
    }

    /** Peers write characters bare that a URL may only hold in code; behind the host those are coded, what is coded stays. */
    private static String encoded(String link) {
        Matcher head = HEAD.matcher(link);
        int from = head.lookingAt() ? head.end() : 0;
        StringBuilder text = new StringBuilder(link.length()).append(link, 0, from);
        for (byte b : link.substring(from).getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7F && NEEDS_CODE.indexOf(b) < 0) {
                text.append((char) b);
            } else {
                text.append("%%%02X".formatted(b & 0xFF));
            }
        }
        return STRAY_PERCENT.matcher(text).replaceAll("%25");
    }
}
