package io.penstock.rate.hint;

import io.penstock.message.Headers;
import io.penstock.rate.hint.RateHeaders.Hint;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The fields by which one family of APIs tells its quota. */
@FunctionalInterface
interface HeaderFamily {

    /**
     * What the fields tell; nothing if they are not there or make no sense.
     *
     * @param server the server's clock, asked for an epoch or a date only
     */
    List<Hint> read(Headers headers, Supplier<Instant> server);
}
