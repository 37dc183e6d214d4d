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

    /** One page only. */
    static Paging none() {
        return new SinglePage();
    }

    /**
     * A cursor that stands in each answer and is sent back as a query parameter; a walk ends where it is absent, null or empty.
     *
     * @param pointer JSON Pointer to the next cursor, such as {@code /next_cursor}
     * @param param the query parameter that takes it
     */
    static Paging cursor(String pointer, String param) {
        return new CursorPaging(Pointer.of(pointer), Optional.empty(), CursorPlace.query(param));
    }

    /**
     * As {@link #cursor(String, String)}, with a flag that tells whether there is more: if it says no, the walk ends whatever
     * the cursor says; if it says yes and there is no cursor, the API breaks its word.
     *
     * @param hasMore JSON Pointer to the flag, such as {@code /has_more}
     */
    static Paging cursor(String pointer, String param, String hasMore) {
        return new CursorPaging(Pointer.of(pointer), Optional.of(Pointer.of(hasMore)), CursorPlace.query(param));
    }

    /**
     * A cursor that is sent back inside the request's own JSON body, as GraphQL connections want it.
     *
     * @param pointer JSON Pointer to the next cursor in the answer, such as {@code /data/products/pageInfo/endCursor}
     * @param hasMore JSON Pointer to the flag in the answer, such as {@code /data/products/pageInfo/hasNextPage}
     * @param bodyPointer JSON Pointer to where it goes in the request, such as {@code /variables/after}
     */
    static Paging bodyCursor(String pointer, String hasMore, String bodyPointer) {
        return new CursorPaging(
                Pointer.of(pointer), Optional.of(Pointer.of(hasMore)), CursorPlace.body(Pointer.of(bodyPointer)));
    }

    /**
     * An offset that grows by as many records as came. A page shorter than asked for is no end, since servers cap and filter;
     * the walk ends at the first empty page. A total in the answer is not trusted.
     *
     * @param offsetParam the query parameter that takes the offset, from 0 on
     * @param limitParam the query parameter that takes the page size
     * @param limit the page size asked for, at least 1
     */
    static OffsetPaging offset(String offsetParam, String limitParam, int limit) {
        return new OffsetPaging(offsetParam, limitParam, limit);
    }

    /**
     * Numbered pages. The walk ends at the first empty page, or earlier where {@link PageNumbers#hasNext} or
     * {@link PageNumbers#totalPages} say so.
     *
     * @param param the query parameter that takes the number
     * @param first the number of the first page, mostly 1 or 0
     */
    static PageNumbers page(String param, int first) {
        return new PageNumbers(param, first);
    }

    /** The link with {@code rel=next} in the {@code Link} header (RFC 8288); a walk ends where there is none. */
    static Paging link() {
        return new LinkPaging();
    }

    /**
     * The URL of the next page in each answer, absolute or relative (RFC 3986); a walk ends where it is absent, null or empty.
     *
     * @param pointer JSON Pointer to it, such as {@code /next} or {@code /links/next}
     */
    static Paging nextUrl(String pointer) {
        return new NextUrlPaging(Pointer.of(pointer));
    }

    /** The values that must be read from each page's document. */
    Set<Pointer> captures();

    /** Where each page tells how many records there are in all, if it does; never trusted, but a change tells of drift. */
    default Optional<Pointer> total() {
        return Optional.empty();
    }

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

    /**
     * As {@link #next}, of a page that is still coming: the token, if nothing that may come behind what has been seen could change it.
     * By default never.
     */
    default Optional<String> early(Seen beginning) {
        return Optional.empty();
    }

    /** Whether tokens are numbers, which must grow from page to page, so that the address of a page is known before its turn. */
    default boolean numbered() {
        return false;
    }

    /**
     * The number that names a page.
     *
     * @param token of the page; empty for the first
     * @throws IllegalArgumentException if pages are not {@link #numbered}, or the token is no number
     */
    default long number(Optional<String> token) {
        throw new IllegalArgumentException("only pages with numbers or offsets can be counted ahead");
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
