package io.penstock.runner.mapping;

import io.penstock.record.RecordBytes;
import java.util.List;

/**
 * What became of the records of a batch.
 *
 * @param records those that go on, in order
 * @param misfits those that do not fit
 * @param filtered how many were left out because the plan does not want them
 * @param warned how many went on although they break the schema
 */
public record Mapped(RecordBytes records, List<Misfit> misfits, int filtered, int warned) {

    /** Copies the list. */
    public Mapped {
        misfits = List.copyOf(misfits);
    }
}
