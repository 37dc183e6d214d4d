package io.penstock.http;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.message.ApiRequest;
import io.penstock.message.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where requests may go whose URL came from a peer: next links, redirects, job results.
 *
 * <p>Immutable and safe for concurrent use. An origin that a person typed is trusted as typed, private addresses and plain
 * {@code http} included. At an origin that was only listed as allowed the scheme must be {@code https} and the address public,
 * which the transport judges once more when the name has been resolved. Any other origin is refused.
 */
public final class Destinations {

    private static final Pattern DOTTED = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern NAME = Pattern.compile("(?!-)[a-z0-9_-]{1,63}(\\.(?!-)[a-z0-9_-]{1,63})*");
    private static final Pattern ENDS_AS_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
    private static final Set<String> METADATA = Set.of(
            "metadata.google.internal", "metadata.goog", "metadata", "instance-data", "instance-data.ec2.internal");

    private final Set<Origin> typed;
    private final Set<Origin> allowed;

    private Destinations(Set<Origin> typed, Set<Origin> allowed) {
        this.typed = Set.copyOf(typed);
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * The origins of a connection.
     *
     * @param typed what a person wrote into the configuration
     * @param allowed what a connector's author listed besides
     */
    public static Destinations of(Set<Origin> typed, Set<Origin> allowed) {
        return new Destinations(typed, allowed);
    }

    /**
     * Judges a request before it is sent.
     *
     * @return the request as the transport may send it: still marked as derived unless its origin was typed
     * @throws BlockedDestination naming the origin that was refused
     */
    public ApiRequest judge(ApiRequest request) {
        if (!request.sending().derived()) {
            return request;
        }
        Origin origin = request.origin();
        if (typed.contains(origin)) {
            return request.trusted();
        }
        requireOrdinary(origin.host());
        if (!allowed.contains(origin)) {
            throw new BlockedDestination("a link from the server leads to " + origin
                    + ", which is not among the allowed origins: add it there if that is meant");
        }
        if (!origin.secure()) {
            throw new BlockedDestination(
                    "a link from the server leads to " + origin + " without TLS: only https is followed there");
        }
        return request;
    }

    /**
     * Makes a request out of a URL that came from a peer.
     *
     * @param like the request whose method, headers and body are kept
     * @throws BlockedDestination if the URL is not a plain http(s) URL, or leads where nothing may go
     */
    public ApiRequest judge(ApiRequest like, String url) {
        return judge(like.at(parse(like, url)).derived());
    }

    static URI parse(ApiRequest from, String link) {
        try {
            URI url = resolve(from.url(), link.trim());
            Origin.of(url);
            return url.getRawFragment() == null
                    ? url
                    : URI.create(url.toString().split("#", 2)[0]);
        } catch (URISyntaxException | IllegalArgumentException refused) {
            throw new BlockedDestination(
                    from + ": the server's link cannot be followed: expected an http(s) URL without user name",
                    refused);
        }
    }

    /** RFC 3986, section 5.2; a link that is only a query keeps the path, which {@link URI#resolve} would cut. */
    private static URI resolve(URI base, String link) throws URISyntaxException {
        boolean queryAlone = link.startsWith("?");
        return base.resolve(new URI(queryAlone ? base.getRawPath() + link : link));
    }

    /** Refuses hosts that different programs read as different addresses. */
    private static void requireOrdinary(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (METADATA.contains(lower)) {
            throw new BlockedDestination("a link from the server leads to a metadata service: " + host);
        }
        boolean literal = lower.startsWith("[") && lower.endsWith("]") && !lower.contains("%");
        boolean number = ENDS_AS_NUMBER.matcher(lower).matches();
        if (literal
                || (number && isDotted(lower))
                || (!number && NAME.matcher(lower).matches())) {
            return;
        }
        throw new BlockedDestination(
                "a link from the server leads to a host that is not written as a plain name or address: " + host);
    }

    private static boolean isDotted(String host) {
        if (!DOTTED.matcher(host).matches()) {
            return false;
        }
        for (String part : host.split("\\.", -1)) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
