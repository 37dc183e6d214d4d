package io.penstock.cache;

import io.penstock.config.Problems;
import io.penstock.error.BadConfig.ConfigError;
import java.time.Duration;

/**
 * For how long answers are taken without asking, and how large they may be.
 *
 * <p>Immutable. What a server says of its answers ({@code Cache-Control}, {@code Expires}) can only shorten the time.
 */
public final class CachePolicy {

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Duration ttl;
    private final Duration keep;
    private final int largest;

    private CachePolicy(Builder from) {
        this.ttl = from.ttl;
        this.keep = from.keep;
        this.largest = from.largest;
    }

    /** Answers are taken without asking for {@code ttl}; the rest as {@link #builder()} has it. */
    public static CachePolicy ttl(Duration ttl) {
        return builder().ttl(ttl).build();
    }

    /** Begins with the defaults named at each setting. */
    public static Builder builder() {
        return new Builder();
    }

    /** See {@link Builder#ttl}. */
    public Duration ttl() {
        return ttl;
    }

    /** See {@link Builder#keep}. */
    public Duration keep() {
        return keep;
    }

    /** See {@link Builder#largest}. */
    public int largest() {
        return largest;
    }

    /** Gathers settings; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private Duration ttl = Duration.ZERO;
        private Duration keep = Duration.ofDays(1);
        private int largest = 4 << 20;

        private Builder() {}

        /** For how long an answer is taken without asking, at most; default 0, which asks every time whether it still holds. */
        public Builder ttl(Duration longest) {
            this.ttl = longest;
            return this;
        }

        /** For how long an answer is kept to ask whether it still holds; default 1 day, or the ttl if that is longer. */
        public Builder keep(Duration longest) {
            this.keep = longest;
            return this;
        }

        /** Bytes of the largest body that is kept, 1 to 16 MiB; default 4 MiB. */
        public Builder largest(int bytes) {
            this.largest = bytes;
            return this;
        }

        /**
         * Judges all settings together.
         *
         * @throws ConfigError naming every setting that is out of range
         */
        public CachePolicy build() {
            Problems problems = new Problems();
            problems.require(
                    !ttl.isNegative() && ttl.compareTo(LONGEST) <= 0, "ttl", "must be 0 to 30 days, but was " + ttl);
            problems.require(
                    !keep.isNegative() && !keep.isZero() && keep.compareTo(LONGEST) <= 0,
                    "keep",
                    "must be above 0 and at most 30 days, but was " + keep);
            problems.require(
                    largest >= 1 && largest <= 16 << 20, "largest", "must be 1 byte to 16 MiB, but was " + largest);
            problems.throwIfAny("the cache");
            keep = keep.compareTo(ttl) < 0 ? ttl : keep;
            return new CachePolicy(this);
        }
    }
}
