package io.penstock.page;

import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An offset that grows by the records that came.
 *
 * <p>Immutable. A page shorter than asked for is no end, since servers cap and filter; the walk ends at the first empty page,
 * or where a flag says so. A total is looked at, but not trusted.
 */
public final class OffsetPaging implements Paging {

    private final String offsetParam;
    private final String limitParam;
    private final int limit;
    private final int overlap;
    private final Optional<Pointer> hasMore;
    private final Optional<Pointer> total;

    OffsetPaging(String offsetParam, String limitParam, int limit) {
        this(offsetParam, limitParam, limit, 0, Optional.empty(), Optional.empty());
    }

    private OffsetPaging(
            String offsetParam,
            String limitParam,
            int limit,
            int overlap,
            Optional<Pointer> hasMore,
            Optional<Pointer> total) {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least 1 record, but the limit was " + limit);
        }
        if (overlap < 0 || overlap >= limit) {
            throw new IllegalArgumentException(
                    "pages overlap by 0 to " + (limit - 1) + " of their " + limit + " records, but was " + overlap);
        }
        this.offsetParam = offsetParam;
        this.limitParam = limitParam;
        this.limit = limit;
        this.overlap = overlap;
        this.hasMore = hasMore;
        this.total = total;
    }

    /**
     * Ends where a flag of the answer says that there is no more; where it is absent, the walk goes on.
     *
     * @param pointer JSON Pointer to the flag, such as {@code /has_more}
     */
    public OffsetPaging hasMore(String pointer) {
        return new OffsetPaging(offsetParam, limitParam, limit, overlap, Optional.of(Pointer.of(pointer)), total);
    }

    /**
     * Looks at the number of all records that each answer tells: a change shows that the list is written to.
     *
     * @param pointer JSON Pointer to it, such as {@code /total}
     */
    public OffsetPaging total(String pointer) {
        return new OffsetPaging(offsetParam, limitParam, limit, overlap, hasMore, Optional.of(Pointer.of(pointer)));
    }

    /**
     * Reads the last {@code records} of each page again with the next, so that up to as many deletions in front between two
     * pages hide nothing. What comes twice is dropped by whoever knows the key.
     *
     * @throws IllegalArgumentException unless it is at least 0 and below the page size
     */
    public OffsetPaging overlap(int records) {
        return new OffsetPaging(offsetParam, limitParam, limit, records, hasMore, total);
    }

    @Override
    public Set<Pointer> captures() {
        Set<Pointer> captures = new LinkedHashSet<>();
        hasMore.ifPresent(captures::add);
        total.ifPresent(captures::add);
        return captures;
    }

    @Override
    public Optional<Pointer> total() {
        return total;
    }

    @Override
    public ApiRequest first(ApiRequest configured) {
        return at(configured, "0");
    }

    @Override
    public ApiRequest at(ApiRequest configured, String token) {
        return configured.query(offsetParam, token).query(limitParam, Integer.toString(limit));
    }

    @Override
    public Optional<String> next(Seen page) {
        Flag more = Flag.at(hasMore, page.values());
        if (more == Flag.YES && page.records() == 0) {
            throw new PaginationContract(
                    "the API says at " + hasMore.map(Pointer::toString).orElse("")
                            + " that there is more behind offset " + number(page.token())
                            + ", but sent no records, so the next offset is not known: leave has_more out to end there, or page another way");
        }
        if (more == Flag.NO || page.records() == 0) {
            return Optional.empty(); // behind an empty page the offset could not grow
        }
        // A page that holds no more than what was read twice may still hold something new: behind it nothing is read
        // twice.
        int step = page.records() > overlap ? page.records() - overlap : page.records();
        return Optional.of(Long.toString(number(page.token()) + step));
    }

    @Override
    public boolean numbered() {
        return true;
    }

    @Override
    public long number(Optional<String> token) {
        return token.map(Tokens::number).orElse(0L);
    }
}
