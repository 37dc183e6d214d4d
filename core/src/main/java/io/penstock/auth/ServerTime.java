package io.penstock.auth;

import io.penstock.message.HttpDates;
import io.penstock.message.ResponsePart.Head;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What time it is at the server, as far as its refusals have told: signatures and assertions name the moment they are made.
 *
 * <p>Safe for concurrent use.
 */
final class ServerTime {

    /** Servers take a few minutes; what is less is no cause of a refusal. */
    private static final Duration TOLERATED = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile Duration offset = Duration.ZERO;
    private volatile Instant corrected = Instant.MIN;

    ServerTime(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().plus(offset);
    }

    /**
     * Whether a refusal may come from clocks that differ: then they differ no more, and the request is worth sending again. The same
     * holds for requests that were under way when another one has told.
     */
    boolean corrects(Head refusal) {
        Instant here = clock.instant();
        Optional<Instant> there = refusal.headers().first("Date").flatMap(text -> HttpDates.parse(text, here));
        if (there.isPresent() && Duration.between(now(), there.get()).abs().compareTo(TOLERATED) > 0) {
            offset = Duration.between(here, there.get());
            corrected = here;
            return true;
        }
        return corrected.isAfter(Instant.MIN)
                && Duration.between(corrected, here).compareTo(TOLERATED) < 0;
    }
}
