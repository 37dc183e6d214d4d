package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.record.Pointer;
import io.penstock.record.Values;
import java.util.Optional;
import java.util.Set;

/**
 * How an API divides a list into pages, as pure functions; whoever walks keeps the guard ({@link LoopGuard}).
 *
 * <p>A page is named by a token: a cursor, an offset, a page number, a URL. Implementations are immutable.
 */
public interface Paging {

    /** The values that must be read from each page's document. */
    Set<Pointer> captures();

    /** The request for the first page, made from the request as configured. */
    ApiRequest first(ApiRequest configured);

    /** The request for the page that {@code token} names. */
    ApiRequest at(ApiRequest configured, String token);

    /**
     * The token of the page after {@code page}, or empty if that was the last one.
     *
     * @throws io.penstock.error.BadAnswer.PaginationContract if the API says that there is more, but not where
     */
    Optional<String> next(Seen page);

    /** Whether tokens are numbers, which must grow from page to page. */
    default boolean numbered() {
        return false;
    }

    /**
     * What is known of a page that was read.
     *
     * @param request the request that brought it
     * @param token what named it; empty for the first
     * @param headers what came with it
     * @param values the values at {@link #captures()}
     * @param records how many records it held
     */
    record Seen(ApiRequest request, Optional<String> token, Headers headers, Values values, int records) {}
}
