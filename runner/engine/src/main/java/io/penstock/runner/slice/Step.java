package io.penstock.runner.slice;

import io.penstock.record.Batch;

/** What a slice's writer does next; it takes one at a time. */
sealed interface Step {

    /** Whether nothing comes after it. */
    default boolean last() {
        return true;
    }

    /** Write these records. */
    record Page(Batch batch) implements Step {
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
