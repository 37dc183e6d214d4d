package io.penstock.auth;

import io.penstock.message.Headers;
import io.penstock.message.HttpDates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What time it is at the server, as far as its answers have told: signatures and assertions name the moment they are made.
 *
 * <p>The offset is the median of what the last five answers said; a refusal that shows a clock that is more than a minute off counts
 * more than all before it. Safe for concurrent use.
 */
public final class ServerTime {

    /** Servers take a few minutes; what is less is no cause of a refusal. */
    private static final Duration TOLERATED = Duration.ofSeconds(60);

    private static final int KEPT = 5;

    private final Clock clock;
    private final Deque<Duration> offsets = new ArrayDeque<>(KEPT);
    private volatile Duration offset = Duration.ZERO;
    private volatile Instant corrected = Instant.MIN;

    /** The same as here, until the server has said otherwise. */
    public ServerTime(Clock clock) {
        this.clock = clock;
    }

    /** What time it is there. */
    public Instant now() {
        return clock.instant().plus(offset);
    }

    /** A clock that shows what is known of the server's time at this moment. */
    public Clock clock() {
        return Clock.offset(clock, offset);
    }

    /** An answer has come to a request that went out at {@code sent}, by the clock here. */
    public void heard(Headers answer, Instant sent) {
        Instant here = clock.instant();
        date(answer, here).ifPresent(there -> {
            Instant middle = sent.plus(Duration.between(sent, here).dividedBy(2));
            add(Duration.between(middle, there));
        });
    }

    /**
     * Whether a refusal may come from clocks that differ: then they differ no more, and the request is worth sending again. The same
     * holds for requests that were under way when another one has told.
     */
    public boolean corrects(Headers refusal) {
        Instant here = clock.instant();
        Optional<Instant> there = date(refusal, here);
        if (there.isPresent() && Duration.between(now(), there.get()).abs().compareTo(TOLERATED) > 0) {
            corrected(Duration.between(here, there.get()), here);
            return true;
        }
        return corrected.isAfter(Instant.MIN)
                && Duration.between(corrected, here).compareTo(TOLERATED) < 0;
    }

    private static Optional<Instant> date(Headers answer, Instant here) {
        return answer.first("Date").flatMap(text -> HttpDates.parse(text, here));
    }

    private synchronized void corrected(Duration told, Instant here) {
        offsets.clear();
        add(told);
        corrected = here;
    }

    private synchronized void add(Duration told) {
        if (offsets.size() == KEPT) {
            offsets.removeFirst();
        }
        offsets.addLast(told);
        offset = offsets.stream().sorted().toList().get(offsets.size() / 2);
    }
}
