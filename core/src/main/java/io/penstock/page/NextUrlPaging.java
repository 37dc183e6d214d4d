package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.Optional;
import java.util.Set;

/** The next page's URL in the answer's body. */
record NextUrlPaging(Pointer pointer) implements Paging {

    @Override
    public Set<Pointer> captures() {
        return Set.of(pointer);
    }

    @Override
    public ApiRequest first(ApiRequest configured) {
        return configured;
    }

    @Override
    public ApiRequest at(ApiRequest configured, String token) {
        return NextUrl.request(configured, token);
    }

    @Override
    public Optional<String> next(Seen page) {
        return page.values()
                .at(pointer)
                .map(String::trim)
                .filter(link -> !link.isEmpty() && !link.equals("false"))
                .map(link -> NextUrl.resolve(page.request(), link));
    }

    @Override
    public Optional<String> early(Seen beginning) {
        return next(beginning);
    }
}
