package io.penstock.client;

import io.penstock.decode.format.Format;
import io.penstock.message.ApiResponse;
import io.penstock.page.TokenExpiry;
import io.penstock.page.WalkLimits;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** A call followed from page to page. Immutable, safe for concurrent use. */
public interface Pages {

    /** Starts at the page that {@code token} names, as {@link PageBatch#next()} gave it, instead of the first. */
    Pages from(Optional<String> token);

    /** Stops with {@code LimitExceeded} behind so many pages or records, instead of {@link WalkLimits#DEFAULT}. */
    Pages within(WalkLimits limits);

    /** Says how the API tells that a page token has died, instead of {@link TokenExpiry#DEFAULT}; it ends in {@code CursorExpired}. */
    Pages expiring(TokenExpiry expiry);

    /**
     * Asks for up to {@code pages} numbered pages side by side and still gives them in their order; by default 1.
     *
     * <p>Each takes a permit of its own, so the limit of the API holds as ever, and more pages than it lets through only wait for
     * permits. Beyond the last page up to {@code pages - 1} are asked for in vain. Where the numbers are not as they were counted
     * on, what was read ahead is dropped. Memory holds up to {@code pages} of them.
     *
     * @throws IllegalArgumentException if {@code pages} is below 1, or above it where pages have no numbers
     */
    Pages ahead(int pages);

    /**
     * Reads ahead as far as the API lets one.
     *
     * <p>Numbered pages as {@link #ahead} does, as many as requests may be under way at that time, at most 64: the concurrency of the
     * client, or what it has learned of it. Looked up anew every few windows.
     *
     * <p>Other pages one by one, but the next is asked for as soon as its address has been seen: in the {@code Link} header, or in
     * the body where it stands in front of the records, while the rest of the page is still coming. Nothing of either page leaves before
     * it is proven; if the page in front breaks off, the one behind is given up and asked for anew. One page at most is read beyond
     * demand, as ever, and one request is made in vain where the walk is not read to its end.
     */
    Pages aheadAsAllowed();

    /** Reads bodies in another notation than JSON, such as {@code Format.csv()}; the same for all pages. */
    Pages in(Format format);

    /**
     * Takes records below {@code data} even where the answer has {@code errors} beside them, as GraphQL reports what it could not
     * find; by default such a page is {@code RequestRejected}, because nothing shows what is missing.
     */
    Pages allowPartial();

    /**
     * Takes {@code answer} for the first page instead of asking for it, by whoever had to look at it first to know how the rest
     * is found. Where it cannot be read the page is asked for after all.
     */
    Pages beginningWith(ApiResponse answer);

    /**
     * Pages as bytes: what the engine and connectors use.
     *
     * <p>Cold. Demand: the next page is asked for when the one before has been taken, so at most one page is read beyond
     * demand; nothing is sent before the first request. A page up to the page buffer is proven complete before any of it is seen,
     * and is one batch unless it unpacks to much more than it showed. A larger one comes in several while it arrives. Only the
     * last batch of a page has {@link PageBatch#end()}, and after a break the same page comes again with a higher
     * {@link PageBatch#attempt()}. While nobody asks, no more than a chunk is read from the socket. Cancelling stops the walk and
     * gives back what it held.
     *
     * @param records JSON Pointer to the array of records; empty text for the root, where a single object is one record. A
     *     segment {@code *} stands for each element of an array or field of an object; for other notations see {@link Format}
     */
    Flux<PageBatch> batches(String records);

    /** As {@link #batches}, for bodies of newline-delimited JSON. */
    default Flux<PageBatch> lines() {
        return in(Format.ndjson()).batches("");
    }

    /**
     * Records as objects, by Jackson; what an embedder uses.
     *
     * <p>As {@link #batches}, but a page larger than the page buffer that breaks off half-way ends the {@code Flux} with
     * {@code TruncatedResponse}, because what has been seen cannot be unseen.
     */
    <T> Flux<T> records(String records, Class<T> type);
}
