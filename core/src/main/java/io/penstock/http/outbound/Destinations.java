package io.penstock.http.outbound;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.message.ApiRequest;
import io.penstock.message.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * Where requests may go whose URL came from a peer: next links, redirects, job results.
 *
 * <p>Immutable and safe for concurrent use. An origin that a person typed is trusted as typed, private addresses and plain
 * {@code http} included. At an origin that was only listed as allowed the scheme must be {@code https} and the address public,
 * unless {@link Outbound} says otherwise; the transport judges the address once more when the name has been resolved. Any other
 * origin is refused. Away from the typed origins go no body and no headers but {@code Accept} and {@code Accept-Language}.
 */
public final class Destinations {

    /** Headers that cannot be a credential: all that goes to an origin nobody typed. */
    static final List<String> HARMLESS = List.of("Accept", "Accept-Language");

    private final Set<Origin> typed;
    private final Outbound outbound;

    private Destinations(Set<Origin> typed, Outbound outbound) {
        this.typed = Set.copyOf(typed);
        this.outbound = outbound;
    }

    /**
     * The origins of a connection.
     *
     * @param typed what a person wrote as the place to read from
     * @param outbound what may be reached besides
     */
    public static Destinations of(Set<Origin> typed, Outbound outbound) {
        return new Destinations(typed, outbound);
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
        HostNames.requireOrdinary(origin.host());
        outbound.requireAllowed(origin);
        byte[] address = HostNames.address(origin.host());
        if (address != null) {
            outbound.requireReachable(origin.host(), address);
        }
        return bare(request);
    }

    /** What may leave home: no body, and of the headers only those that are no secret. */
    private static ApiRequest bare(ApiRequest request) {
        if (request.body().length > 0) {
            throw new BlockedDestination(
                    "a link from the server leads to " + request.origin() + " with a body, which stays at its origin");
        }
        ApiRequest bare = request;
        for (String name : request.headers().names()) {
            bare = HARMLESS.stream().anyMatch(name::equalsIgnoreCase) ? bare : bare.withoutHeader(name);
        }
        return bare;
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
            String url = resolve(from.url(), link.trim()).toString();
            return from.at(URI.create(url.split("#", 2)[0])).url();
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
}
