package io.penstock.client;

import io.penstock.message.Headers;
import io.penstock.rate.Permits;
import io.penstock.rate.RateHeaders;
import java.time.Instant;

/** Passes what the server says of its quota on to the budget. */
final class RateHints {

    private RateHints() {}

    static void pass(Headers headers, Instant now, Permits permits) {
        RateHeaders.parse(headers, now).forEach(hint -> permits.hint(hint.remaining(), hint.reset(), hint.quota()));
    }
}
