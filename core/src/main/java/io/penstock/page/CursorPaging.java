package io.penstock.page;

import io.penstock.error.BadAnswer.PaginationContract;
import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A cursor in the answer that goes back with the next request. */
record CursorPaging(Pointer cursor, Optional<Pointer> hasMore, CursorPlace place) implements Paging {

    @Override
    public Set<Pointer> captures() {
        Set<Pointer> captures = new HashSet<>(Set.of(cursor));
        hasMore.ifPresent(captures::add);
        return captures;
    }

    @Override
    public ApiRequest first(ApiRequest configured) {
        return configured;
    }

    @Override
    public ApiRequest at(ApiRequest configured, String token) {
        return place.put(configured, token);
    }

    @Override
    public Optional<String> next(Seen page) {
        Flag more = Flag.at(hasMore, page.values());
        if (more == Flag.NO) {
            return Optional.empty();
        }
        Optional<String> token = page.values().at(cursor).filter(text -> !text.isEmpty());
        if (more == Flag.YES && token.isEmpty()) {
            throw new PaginationContract(
                    "the API says at " + hasMore.map(Pointer::toString).orElse("") + " that there is"
                            + " more, but gives no cursor at " + cursor + ": check both pointers against an answer");
        }
        return token;
    }

    /** A flag may yet come behind the cursor and say that there is no more. */
    @Override
    public Optional<String> early(Seen beginning) {
        boolean told = hasMore.isEmpty() || Flag.at(hasMore, beginning.values()) == Flag.YES;
        return told ? beginning.values().at(cursor).filter(text -> !text.isEmpty()) : Optional.empty();
    }
}
