package io.penstock.message;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One request, before credentials are put on it.
 *
 * <p>Immutable; {@link #toString()} shows method, origin and path, never query, header or body.
 */
public final class ApiRequest {

    private static final byte[] NO_BODY = new byte[0];

    private final Method method;
    private final Target target;
    private final Headers headers;
    private final byte[] body;
    private final Sending sending;

    private ApiRequest(Method method, Target target, Headers headers, byte[] body, Sending sending) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.sending = sending;
    }

    /**
     * A request without headers or body, worth one permit.
     *
     * @param url absolute, with path and query percent-encoded; characters beyond ASCII are encoded here
     * @throws IllegalArgumentException if {@code url} has no {@link Origin} or is longer than 16 KiB
     */
    public static ApiRequest of(Method method, URI url) {
        return new ApiRequest(method, Target.of(url), Headers.NONE, NO_BODY, Sending.plain(method));
    }

    /**
     * This request at another URL.
     *
     * @throws IllegalArgumentException if {@code other} has no {@link Origin} or is longer than 16 KiB
     */
    public ApiRequest at(URI other) {
        return at(Target.of(other));
    }

    private ApiRequest at(Target other) {
        return new ApiRequest(method, other, headers, body, sending);
    }

    /** This request with one more query parameter, or another value for it; both are given raw, not encoded. */
    public ApiRequest query(String name, String value) {
        return at(target.with(Queries.with(target.text(), name, value)));
    }

    /** This request without a query parameter. */
    public ApiRequest withoutQuery(String name) {
        return queryNames().contains(name) ? at(target.with(Queries.without(target.text(), name))) : this;
    }

    /** The first value of a query parameter, decoded. */
    public Optional<String> query(String name) {
        return Queries.first(target.text(), name);
    }

    /** Names of all query parameters, in order: what may be shown of them. */
    public List<String> queryNames() {
        return Queries.names(target.text());
    }

    /**
     * This request with a header field; the same name again replaces it.
     *
     * @throws IllegalArgumentException if name or value break RFC 9110 or the name is one only the transport may set
     */
    public ApiRequest header(String name, String value) {
        HeaderRules.require(name, value);
        return new ApiRequest(method, target, headers.with(name, value), body, sending);
    }

    /** This request without a header field. */
    public ApiRequest withoutHeader(String name) {
        return new ApiRequest(method, target, headers.without(name), body, sending);
    }

    /**
     * This request with a body; the bytes are sent as they are and must not be changed afterwards.
     *
     * @throws IllegalArgumentException if {@code contentType} cannot be a header's value
     */
    public ApiRequest body(String contentType, byte[] bytes) {
        HeaderRules.require("Content-Type", contentType);
        return new ApiRequest(method, target, headers.with("Content-Type", contentType), bytes, sending);
    }

    /** This request without its body. */
    public ApiRequest withoutBody() {
        return body.length == 0 ? this : new ApiRequest(method, target, headers, NO_BODY, sending);
    }

    /** This request declared safe to send twice, such as a search by POST. */
    public ApiRequest idempotent() {
        return sending(sending.asIdempotent());
    }

    /** This request worth {@code permits} of the budget. */
    public ApiRequest cost(int permits) {
        return sending(sending.costing(permits));
    }

    /**
     * This request marked as one whose URL came from a peer (a next link, a redirect): every outbound rule applies to it.
     */
    public ApiRequest derived() {
        return sending(sending.asDerived());
    }

    /** This request marked as one whose origin a person typed, after that has been judged. */
    public ApiRequest trusted() {
        return sending(sending.asTrusted());
    }

    /** This request for a gzip file: the body of its answer is inflated, whatever type it comes as. */
    public ApiRequest packed() {
        return sending(sending.asPacked());
    }

    /**
     * This request for whatever the server says: redirects are not followed, and a refusal (4xx) is an answer instead of an
     * error. What may pass by itself, such as 429 and 503, is repeated as ever.
     */
    public ApiRequest verbatim() {
        return sending(sending.asVerbatim());
    }

    private ApiRequest sending(Sending other) {
        return new ApiRequest(method, target, headers, body, other);
    }

    /** The method. */
    public Method method() {
        return method;
    }

    /** The absolute URL. */
    public URI url() {
        return target.url();
    }

    /** Where it goes. */
    public Origin origin() {
        return target.origin();
    }

    /** Scheme, host and path: what may be shown of the URL. */
    public String address() {
        return origin() + url().getRawPath();
    }

    /** The header fields. */
    public Headers headers() {
        return headers;
    }

    /** The body, empty for none; read only. */
    public byte[] body() {
        return body;
    }

    /** How it may be sent: repeats, cost, trust. */
    public Sending sending() {
        return sending;
    }

    @Override
    public String toString() {
        return method + " " + address();
    }
}
