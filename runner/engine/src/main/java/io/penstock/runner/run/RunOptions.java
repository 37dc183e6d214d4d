package io.penstock.runner.run;

import io.penstock.record.HeldBytes;
import io.penstock.runner.limits.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What of a plan is run, and how. Immutable. */
public final class RunOptions {

    /** How long pages under way have to be committed after a stop, by default. */
    public static final Duration DRAIN = Duration.ofSeconds(30);

    private static final double HELD_SHARE = 0.25;

    private final Set<String> connections;
    private final Set<String> streams;
    private final boolean fullRefresh;
    private final Optional<Stretch> stretch;
    private final Optional<Limits> limits;
    private final Duration drain;
    private final Optional<HeldBytes> held;

    private RunOptions(Builder builder) {
        connections = Set.copyOf(builder.connections);
        streams = Set.copyOf(builder.streams);
        fullRefresh = builder.fullRefresh;
        stretch = builder.stretch;
        limits = builder.limits;
        drain = builder.drain;
        held = builder.held;
    }

    /** Everything in the plan, from where it stands. */
    public static RunOptions defaults() {
        return builder().build();
    }

    /** Options in the making. */
    public static Builder builder() {
        return new Builder();
    }

    /** Which connections; empty for all. */
    public Set<String> connections() {
        return connections;
    }

    /** Which streams, as {@code stream} or {@code connection/stream}; empty for all that the plan names. */
    public Set<String> streams() {
        return streams;
    }

    /** Whether everything is read from the beginning and takes the place of what is there. */
    public boolean fullRefresh() {
        return fullRefresh;
    }

    /** The stretch of time that is read instead of what is new. */
    public Optional<Stretch> stretch() {
        return stretch;
    }

    /** Limits that take the place of those of every connection. */
    public Optional<Limits> limits() {
        return limits;
    }

    /** How long pages under way have to be committed after a stop. */
    public Duration drain() {
        return drain;
    }

    /** What the pages of a run may hold together, from their first byte until they are written. */
    public HeldBytes held() {
        return held.orElseGet(() -> HeldBytes.ofHeap(HELD_SHARE));
    }

    /** Gathers options; for one thread. */
    public static final class Builder {
        private Set<String> connections = Set.of();
        private Set<String> streams = Set.of();
        private boolean fullRefresh;
        private Optional<Stretch> stretch = Optional.empty();
        private Optional<Limits> limits = Optional.empty();
        private Duration drain = DRAIN;
        private Optional<HeldBytes> held = Optional.empty();

        private Builder() {}

        /** Only these connections; default all. */
        public Builder connections(Set<String> names) {
            connections = names;
            return this;
        }

        /** Only these streams, as {@code stream} or {@code connection/stream}; default all that the plan names. */
        public Builder streams(Set<String> names) {
            streams = names;
            return this;
        }

        /** From the beginning, in place of what is there; default false. */
        public Builder fullRefresh(boolean whether) {
            fullRefresh = whether;
            return this;
        }

        /** These limits for every connection, whatever the plan says. */
        public Builder limits(Limits override) {
            limits = Optional.of(override);
            return this;
        }

        /** Reads this stretch of time, whose windows have cursors of their own, instead of what is new; default what is new. */
        public Builder stretch(Stretch time) {
            stretch = Optional.of(time);
            return this;
        }

        /** How long pages under way have to be committed after a stop; default {@link #DRAIN}. */
        public Builder drain(Duration time) {
            drain = time;
            return this;
        }

        /** What pages may hold together, shared with whoever else has it; default a quarter of the heap for each run. */
        public Builder held(HeldBytes budget) {
            held = Optional.of(budget);
            return this;
        }

        /**
         * Judges the options.
         *
         * @throws IllegalArgumentException if the drain is negative, or a stretch of time is to be a full refresh
         */
        public RunOptions build() {
            if (drain.isNegative()) {
                throw new IllegalArgumentException("drain must not be negative, but was " + drain);
            }
            if (stretch.isPresent() && fullRefresh) {
                throw new IllegalArgumentException("expected a stretch of time or a full refresh, found both");
            }
            return new RunOptions(this);
        }
    }
}
