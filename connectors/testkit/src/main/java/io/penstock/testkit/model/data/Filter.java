package io.penstock.testkit.model.data;

import io.penstock.testkit.model.record.Draw;
import io.penstock.testkit.model.record.Facts;
import io.penstock.testkit.model.record.ModelStream;

/**
 * Which records of a stream are asked for. Instants are epoch milliseconds.
 *
 * @param since smallest {@code updated_at}, inclusive; {@link Long#MIN_VALUE} for a full read, which has no tombstones
 * @param from smallest {@code created_at}, inclusive
 * @param to largest {@code created_at}, exclusive
 * @param facet the month or category wanted, see {@link ModelStream#facet}; 0 for any
 */
public record Filter(long since, long from, long to, int facet) {

    /** Everything there is now. */
    public static final Filter NONE = new Filter(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0);

    /** This filter, for records changed or deleted at or after {@code since}. */
    public Filter since(long since) {
        return new Filter(since, from, to, facet);
    }

    /** This filter, for records of one month or category. */
    public Filter facet(int facet) {
        return new Filter(since, from, to, facet);
    }

    /** This filter, for records created in a half-open range. */
    public Filter created(long from, long to) {
        return new Filter(since, from, to, facet);
    }

    /** A number that tells this filter from others. */
    public long fingerprint() {
        return Draw.mix(Draw.mix(since, from, to), facet, 0);
    }

    boolean matches(ModelStream stream, Facts facts) {
        return (!facts.deleted || since != Long.MIN_VALUE)
                && facts.updated >= since
                && facts.created >= from
                && facts.created < to
                && (facet == 0 || facet == stream.facet(facts));
    }
}
