package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.Optional;
import java.util.Set;

/** The next page's URL in a {@code Link} header. */
record LinkPaging() implements Paging {

    @Override
    public Set<Pointer> captures() {
        return Set.of();
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
        return LinkHeader.next(page.headers().all("Link")).map(link -> NextUrl.resolve(page.request(), link));
    }

    @Override
    public Optional<String> early(Seen beginning) {
        return next(beginning);
    }
}
