package io.penstock.client;

import io.penstock.auth.Authenticator;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * One call in the making. Immutable: each method returns a new one. Safe for concurrent use.
 */
public interface ApiCall {

    /**
     * With another credential than the client's, or {@link io.penstock.auth.Auth#none() none}: its budget, breaker and retry tokens
     * are its own, under the client's limits. It goes to the client's origin alone, as ever.
     */
    ApiCall auth(Authenticator credential);

    /** With a query parameter, given raw; the same name again replaces it. */
    ApiCall query(String name, String value);

    /** With a header; the same name again replaces it. */
    ApiCall header(String name, String value);

    /** With {@code value} as JSON body, by Jackson. */
    ApiCall json(Object value);

    /** With a body of any media type. */
    ApiCall body(String contentType, byte[] bytes);

    /** Declared safe to send twice, such as a search by POST. */
    ApiCall idempotent();

    /** With an {@code Idempotency-Key} header, made once and kept for every try; then it may be repeated. */
    ApiCall idempotencyKey(String key);

    /**
     * Takes whatever the server says: redirects are not followed, and a refusal (4xx) is an answer of {@link #exchange} instead
     * of an error. What may pass by itself, such as 429 and 503, is repeated as ever.
     */
    ApiCall verbatim();

    /** Worth {@code permits} of the budget; default 1. */
    ApiCall cost(int permits);

    /**
     * Sends a second try beside one that has not been answered {@code after} it was begun, and takes the first good answer;
     * default never. For {@link #exchange} and {@link #as} of requests that may be sent twice; others are a
     * {@code ConfigError} there. The second try waits for a permit like any other, and is left out when the retry budget has
     * no tokens for it.
     *
     * @throws IllegalArgumentException if {@code after} is not longer than zero
     */
    ApiCall hedge(Duration after);

    /**
     * Gives another answer where {@link #exchange} or {@link #as} would fail for good; default none. It is asked once all tries
     * are used up.
     *
     * @param instead what to give for a failure; empty to let that pass
     */
    ApiCall fallback(Function<PenstockException, Mono<ApiResponse>> instead);

    /** Gives {@code value} while the server is not to be reached, throttles or fails; other failures pass. */
    default ApiCall fallback(ApiResponse value) {
        return fallback(failure -> failure instanceof TryLater ? Mono.just(value) : Mono.empty());
    }

    /**
     * Takes another route while the server is not to be reached, throttles or fails; other failures pass.
     *
     * @param route such as the same call of a client of another origin, with limits, tries and credentials of its own
     */
    default ApiCall fallback(ApiCall route) {
        return fallback(failure -> failure instanceof TryLater ? route.exchange() : Mono.empty());
    }

    /**
     * Has each answer of {@link #exchange} judged, beside what the client itself makes sure of.
     *
     * @param judge what it throws, such as {@code UnexpectedContent}, is the failure of that try, which is repeated as its kind is;
     *     runs where the answer comes, so it must not block
     */
    ApiCall judged(Consumer<ApiResponse> judge);

    /** The request as it stands, before credentials. */
    ApiRequest request();

    /**
     * The one answer, whole and proven, of a status below 400.
     *
     * <p>Cold. Retries, limits, redirects and credentials are seen to; cancelling stops wherever it is and gives back what it
     * held. Errors only with a {@link io.penstock.error.PenstockException}; a body above the page buffer is
     * {@code LimitExceeded}.
     */
    Mono<ApiResponse> exchange();

    /** The body of {@link #exchange} read as JSON into a {@code type}; {@code MalformedPayload} if it does not fit. */
    <T> Mono<T> as(Class<T> type);

    /** This call followed from page to page. */
    Pages pages(Paging paging);
}
