package io.penstock.http.outbound;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of redirects (RFC 9110, section 15.4), which are followed by us and never by the HTTP library.
 *
 * <p>Pure. Whoever follows counts the hops, and sends what {@link #follow} gives without putting credentials of another origin
 * on it.
 */
public final class Redirects {

    /** How many hops one request may take. */
    public static final int MOST = 5;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private Redirects() {}

    /**
     * The next request, if an answer redirects.
     *
     * <p>A hop to the same origin keeps the headers; a hop to another one keeps only {@code Accept} and
     * {@code Accept-Language}, on this and all later hops. 303 becomes a GET, as 301 and 302 make of a POST; 307 and 308 keep
     * method and body.
     *
     * @param hops how many redirects were followed before
     * @return empty if {@code status} is none that redirects
     * @throws ProtocolError for too many hops, and for no {@code Location} or several
     * @throws BlockedDestination for a hop from https to http, to an origin that is not allowed, or with a body to another one
     */
    public static Optional<ApiRequest> follow(
            ApiRequest request, int status, Headers headers, int hops, Destinations destinations) {
        if (!STATUSES.contains(status)) {
            return Optional.empty();
        }
        if (hops >= MOST) {
            throw new ProtocolError(request + ": redirected more than " + MOST + " times: check the URL");
        }
        List<String> locations = headers.all("Location");
        if (locations.size() != 1) {
            throw new ProtocolError(request + ": the server redirects (" + status + ") with " + locations.size()
                    + " Location headers, one is expected");
        }
        URI target = Destinations.parse(request, locations.get(0));
        return Optional.of(destinations.judge(at(request, status, target)));
    }

    private static ApiRequest at(ApiRequest request, int status, URI target) {
        ApiRequest asked = request.at(target);
        if (request.origin().secure() && !asked.origin().secure()) {
            throw new BlockedDestination(
                    request + ": redirected from https to " + asked.origin() + ", which is never followed");
        }
        boolean keeps = status == 307
                || status == 308
                || request.method() == Method.GET
                || request.method() == Method.HEAD
                || (status != 303 && request.method() != Method.POST);
        boolean elsewhere = !asked.origin().equals(request.origin());
        if (elsewhere && keeps && request.body().length > 0) {
            throw new BlockedDestination(
                    request + ": redirected to " + asked.origin() + " with a body, which stays at its origin");
        }
        ApiRequest next = keeps && !elsewhere ? asked : ApiRequest.of(keeps ? request.method() : Method.GET, target);
        return withHeaders(request.sending().packed() ? next.packed() : next, request, elsewhere, keeps)
                .cost(request.sending().cost())
                .derived();
    }

    private static ApiRequest withHeaders(ApiRequest next, ApiRequest before, boolean elsewhere, boolean keeps) {
        ApiRequest with = next;
        Iterable<String> names =
                elsewhere ? Destinations.HARMLESS : before.headers().names();
        for (String name : names) {
            Optional<String> value = before.headers().first(name);
            if (value.isPresent() && (keeps || !name.equalsIgnoreCase("Content-Type"))) {
                with = with.header(name, value.get());
            }
        }
        return with;
    }
}
