package io.penstock.connectors.reference;

import io.penstock.client.ApiCall;
import io.penstock.client.ApiClient;
import io.penstock.record.Slice;
import io.penstock.source.ChangeWalk;
import java.net.URI;
import java.util.Optional;

/**
 * What one read of a slice asks for.
 *
 * @param api where
 * @param slice which part
 * @param walk from where on
 * @param pageSize how many records in one request
 */
record StreamRead(ApiClient api, Slice slice, ChangeWalk walk, int pageSize) {

    /** A GET of {@code path} for what has changed since the last walk. */
    ApiCall get(String path) {
        ApiCall call = api.get(path);
        return walk.since().map(since -> call.query("updated_since", since)).orElse(call);
    }

    /** The page size as a query parameter. */
    String size() {
        return Integer.toString(pageSize);
    }

    /** The page to go on with. */
    Optional<String> token() {
        return walk.token();
    }

    /** The page to go on with where its token is a URL; the API may answer at another address by now. */
    Optional<String> url() {
        return walk.token()
                .map(URI::create)
                .map(url -> api.base()
                        .resolve(url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()))
                        .toString());
    }
}
