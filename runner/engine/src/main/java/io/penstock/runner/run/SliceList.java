package io.penstock.runner.run;

import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.record.Slice;
import io.penstock.record.SliceId;
import io.penstock.runner.slice.StreamRun;
import java.util.HashSet;
import java.util.Set;

/**
 * The slices of one stream as they are listed: bounded, and each once, because two readers of one slice would double its rows.
 *
 * <p>For one thread at a time.
 */
final class SliceList {

    /** How many slices a stream may have. */
    static final int MOST = 100_000;

    private final StreamRun stream;
    private final Set<SliceId> seen = new HashSet<>();

    SliceList(StreamRun stream) {
        this.stream = stream;
    }

    /**
     * Takes one more.
     *
     * @throws LimitExceeded if there are too many
     * @throws IllegalStateException if the source has listed it before, which is a bug of the source
     */
    void add(Slice slice) {
        if (!seen.add(slice.id())) {
            throw new IllegalStateException("the source lists the slice " + slice.id() + " twice");
        }
        if (seen.size() > MOST) {
            throw new LimitExceeded(
                    "the stream " + stream.name() + " has more than " + MOST + " slices: divide it more coarsely");
        }
        stream.sliceListed();
    }
}
