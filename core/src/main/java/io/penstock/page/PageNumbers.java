package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Pages with numbers that grow by one.
 *
 * <p>Immutable. Without a flag or a count the walk ends at the first empty page.
 */
public final class PageNumbers implements Paging {

    private final String param;
    private final int first;
    private final Optional<Pointer> hasNext;
    private final Optional<Pointer> totalPages;
    private final Optional<Pointer> total;

    PageNumbers(String param, int first) {
        this(param, first, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private PageNumbers(
            String param, int first, Optional<Pointer> hasNext, Optional<Pointer> totalPages, Optional<Pointer> total) {
        this.param = param;
        this.first = first;
        this.hasNext = hasNext;
        this.totalPages = totalPages;
        this.total = total;
    }

    /**
     * Pages that end where a flag says that there is no more; an empty page that says there is more is passed over, and where
     * the flag is absent the walk goes on to the first empty page.
     *
     * @param pointer JSON Pointer to the flag, such as {@code /has_next}
     */
    public PageNumbers hasNext(String pointer) {
        return new PageNumbers(param, first, Optional.of(Pointer.of(pointer)), totalPages, total);
    }

    /**
     * Pages that end after as many as the answer counts; where the count is absent the walk goes on to the first empty page.
     *
     * @param pointer JSON Pointer to the number of pages, such as {@code /total_pages}
     */
    public PageNumbers totalPages(String pointer) {
        return new PageNumbers(param, first, hasNext, Optional.of(Pointer.of(pointer)), total);
    }

    /**
     * Looks at the number of all records that each answer tells: a change shows that the list is written to.
     *
     * @param pointer JSON Pointer to it, such as {@code /total}
     */
    public PageNumbers total(String pointer) {
        return new PageNumbers(param, first, hasNext, totalPages, Optional.of(Pointer.of(pointer)));
    }

    @Override
    public Optional<Pointer> total() {
        return total;
    }

    @Override
    public Set<Pointer> captures() {
        Set<Pointer> captures = new HashSet<>();
        hasNext.ifPresent(captures::add);
        totalPages.ifPresent(captures::add);
        total.ifPresent(captures::add);
        return captures;
    }

    @Override
    public ApiRequest first(ApiRequest configured) {
        return at(configured, Integer.toString(first));
    }

    @Override
    public ApiRequest at(ApiRequest configured, String token) {
        return configured.query(param, token);
    }

    @Override
    public Optional<String> next(Seen page) {
        long number = number(page.token());
        return switch (more(page, number)) {
            case NO -> Optional.empty();
            case YES -> Optional.of(Long.toString(number + 1));
            case UNKNOWN -> page.records() == 0 ? Optional.empty() : Optional.of(Long.toString(number + 1));
        };
    }

    private Flag more(Seen page, long number) {
        Flag flag = Flag.at(hasNext, page.values());
        Optional<Long> pages = totalPages.flatMap(page.values()::at).flatMap(PageNumbers::count);
        return flag == Flag.UNKNOWN
                ? pages.map(count -> number - first + 1 < count ? Flag.YES : Flag.NO)
                        .orElse(flag)
                : flag;
    }

    private static Optional<Long> count(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    @Override
    public boolean numbered() {
        return true;
    }

    @Override
    public long number(Optional<String> token) {
        return token.map(Tokens::number).orElse((long) first);
    }
}
