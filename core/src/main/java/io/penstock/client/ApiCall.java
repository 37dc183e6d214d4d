package io.penstock.client;

import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import reactor.core.publisher.Mono;

/**
 * One call in the making. Immutable: each method returns a new one. Safe for concurrent use.
 */
public interface ApiCall {

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

    /** Worth {@code permits} of the budget; default 1. */
    ApiCall cost(int permits);

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
