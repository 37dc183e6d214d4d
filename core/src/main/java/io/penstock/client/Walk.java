package io.penstock.client;

import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import io.penstock.page.TokenExpiry;
import io.penstock.page.WalkLimits;
import java.util.Optional;

/**
 * How pages are followed.
 *
 * @param paging how the next page is found
 * @param start the token of the first page to read; empty for the first there is
 * @param limits where the walk is taken for an endless one
 * @param expiry how the API says that a token has died
 * @param ahead how many pages are asked for side by side; 1 for one after the other
 * @param given the answer that is the first page; empty to ask for it
 */
record Walk(
        Paging paging,
        Optional<String> start,
        WalkLimits limits,
        TokenExpiry expiry,
        int ahead,
        Optional<ApiResponse> given) {

    static Walk of(Paging paging) {
        return new Walk(paging, Optional.empty(), WalkLimits.DEFAULT, TokenExpiry.DEFAULT, 1, Optional.empty());
    }

    Walk from(Optional<String> token) {
        return new Walk(paging, token, limits, expiry, ahead, given);
    }

    Walk within(WalkLimits most) {
        return new Walk(paging, start, most, expiry, ahead, given);
    }

    Walk expiring(TokenExpiry how) {
        return new Walk(paging, start, limits, how, ahead, given);
    }

    Walk ahead(int pages) {
        if (pages < 1) {
            throw new IllegalArgumentException("at least 1 page is read at a time, but was " + pages);
        }
        if (pages > 1) {
            paging.number(start);
        }
        return new Walk(paging, start, limits, expiry, pages, given);
    }

    Walk given(ApiResponse answer) {
        return new Walk(paging, start, limits, expiry, ahead, Optional.of(answer));
    }
}
