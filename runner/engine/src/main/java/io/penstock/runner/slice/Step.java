package io.penstock.runner.slice;

import io.penstock.record.Batch;
import io.penstock.runner.mapping.Misfit;
import java.util.List;

/** What a slice's writer does next; it takes one at a time. */
sealed interface Step {

    /** Whether nothing comes after it. */
    default boolean last() {
        return true;
    }

    /**
     * Write these records.
     *
     * @param batch those that fit
     * @param misfits those that are kept as dead letters, from the same part of the page
     */
    record Page(Batch batch, List<Misfit> misfits) implements Step {
        @Override
        public boolean last() {
            return false;
        }
    }

    /** Records have waited for as long as they may. */
    record Due() implements Step {
        @Override
        public boolean last() {
            return false;
        }
    }

    /** The slice was read to its end. */
    record End() implements Step {}

    /** The run is being stopped: keep what is whole, drop the rest. */
    record Cut() implements Step {}

    /** Reading failed: keep what is whole, drop the rest, pass the failure on. */
    record Broken(Throwable failure) implements Step {}
}
