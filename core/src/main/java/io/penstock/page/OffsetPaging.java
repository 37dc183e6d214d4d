package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.Optional;
import java.util.Set;

/** An offset that grows by the records that came. */
record OffsetPaging(String offsetParam, String limitParam, int limit, Optional<Pointer> hasMore) implements Paging {

    OffsetPaging {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least 1 record, but the limit was " + limit);
        }
    }

    @Override
    public Set<Pointer> captures() {
        return hasMore.map(Set::of).orElse(Set.of());
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
        if (more == Flag.NO || page.records() == 0) {
            return Optional.empty(); // behind an empty page the offset could not grow
        }
        return Optional.of(Long.toString(number(page.token()) + page.records()));
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
