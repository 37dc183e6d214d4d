package io.penstock.page;

import io.penstock.message.ApiRequest;
import io.penstock.record.Pointer;
import java.util.Optional;
import java.util.Set;

/** No paging at all. */
record SinglePage() implements Paging {

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
        throw new IllegalArgumentException("a list of one page has no page '" + token + "': start without a token");
    }

    @Override
    public Optional<String> next(Seen page) {
        return Optional.empty();
    }
}
