package io.penstock.retry;

import io.penstock.message.HttpDates;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What time it is at the server: the median of what its last five answers said.
 *
 * <p>Needed only where an answer names an instant but not its own {@code Date}; so dates are kept as they came and read when
 * somebody asks. Safe for concurrent use.
 */
public final class ServerClock {

    private static final int KEPT = 5;

    private final @Nullable Sample[] samples = new Sample[KEPT];
    private int next;
    private boolean silent = true;

    private record Sample(String date, Instant middle) {
        Optional<Duration> offset() {
            return HttpDates.parse(date, middle).map(there -> Duration.between(middle, there));
        }
    }

    /** An answer said {@code date} about a moment between two of the local wall clock. */
    public synchronized void heard(String date, Instant sent, Instant received) {
        Instant middle = sent.plus(Duration.between(sent, received).dividedBy(2));
        samples[next] = new Sample(date, middle);
        next = (next + 1) % KEPT;
        silent = false;
    }

    /** The server's time when the local wall clock shows {@code wall}; the same if no server was heard. */
    public synchronized Instant at(Instant wall) {
        if (silent) {
            return wall;
        }
        Duration[] offsets = Stream.of(samples)
                .flatMap(sample -> sample == null ? Stream.empty() : sample.offset().stream())
                .sorted()
                .toArray(Duration[]::new);
        return offsets.length == 0 ? wall : wall.plus(offsets[offsets.length / 2]);
    }
}
