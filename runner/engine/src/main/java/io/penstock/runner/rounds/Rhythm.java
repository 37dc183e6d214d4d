package io.penstock.runner.rounds;

import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.StreamReport;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When the next round of a plan begins, and whether there is one.
 *
 * @param every time from the beginning of one round to that of the next; empty for as soon as one is over
 * @param jitter by what part of {@code every} the time is longer or shorter at random, 0 to 1
 * @param untilCaughtUp whether a round that finds nothing new is the last
 */
public record Rhythm(Optional<Duration> every, double jitter, boolean untilCaughtUp) {

    /** The shortest time between two rounds. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final int MEND_THE_PLAN = 78;

    /**
     * Judges the values.
     *
     * @throws IllegalArgumentException if {@code every} is shorter than {@link #SHORTEST}, if {@code jitter} is not 0 to 1, or if
     *     rounds would follow each other for ever without a pause
     */
    public Rhythm {
        if (every.isPresent() && every.get().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("expected at least a second between rounds, found " + every.get());
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("expected a jitter of 0 to 1, found " + jitter);
        }
        if (every.isEmpty() && !untilCaughtUp) {
            throw new IllegalArgumentException(
                    "expected a time between rounds, or an end once a round finds nothing new");
        }
    }

    /** How long to wait after a round that took {@code wall}; nothing after one that took too long. */
    Duration pause(Duration wall, RandomGenerator random) {
        Duration period = every.orElse(Duration.ZERO);
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        Duration pause = Duration.ofNanos(Math.round(period.toNanos() * factor)).minus(wall);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    /**
     * Whether no round follows: a plan that must be mended does not mend itself, and a failure is only worth another round where
     * there is a pause before it.
     */
    boolean endsAfter(RunSummary round) {
        boolean planIsWrong = round.failures().stream().anyMatch(failure -> failure.exitCode() == MEND_THE_PLAN);
        boolean failed = round.exitCode() != 0;
        return planIsWrong || (failed ? every.isEmpty() : untilCaughtUp && caughtUp(round));
    }

    /** What can only be read whole is as new as it can be after one round. */
    private static boolean caughtUp(RunSummary round) {
        return round.streams().stream()
                .filter(Rhythm::tellsChanges)
                .allMatch(stream -> stream.counts().records() == 0);
    }

    private static boolean tellsChanges(StreamReport stream) {
        return stream.incremental() && stream.mode() != WriteMode.REPLACE;
    }
}
