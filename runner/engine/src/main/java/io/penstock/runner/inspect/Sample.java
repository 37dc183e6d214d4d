package io.penstock.runner.inspect;

import io.penstock.record.Batch;
import io.penstock.record.RecordBytes;
import io.penstock.runner.mapping.Mapped;
import io.penstock.runner.mapping.Mapping;
import io.penstock.runner.mapping.Misfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The first records of a stream as a run would write them, and what it would leave out. For one reader at a time. */
final class Sample {

    private static final int MISFITS = 5;

    private final Optional<Mapping> mapping;
    private final long most;
    private final List<Misfit> misfits = new ArrayList<>();
    private long read;
    private long filtered;
    private long unfit;
    private long warned;

    /**
     * A sample that is not looked for further than a number of records.
     *
     * @param most how many records to read, for a filter may let none of them through
     */
    Sample(Optional<Mapping> mapping, long most) {
        this.mapping = mapping;
        this.most = most;
    }

    /** Whether another batch should be read. */
    boolean goesOn() {
        return read < most;
    }

    /** The records of a batch that would be written. */
    List<String> take(Batch batch) {
        read += batch.records().size();
        return mapping.map(wanted -> lines(sifted(wanted.apply(batch.records()))))
                .orElseGet(() -> lines(batch.records()));
    }

    private RecordBytes sifted(Mapped mapped) {
        filtered += mapped.filtered();
        warned += mapped.warned();
        unfit += mapped.misfits().size();
        mapped.misfits().stream().limit(MISFITS - misfits.size()).forEach(misfits::add);
        return mapped.records();
    }

    private static List<String> lines(RecordBytes records) {
        return IntStream.range(0, records.size()).mapToObj(records::text).toList();
    }

    /** What would be left out, or written with a warning. */
    LeftOut leftOut() {
        List<LeftOut.Reason> reasons = misfits.stream()
                .map(misfit -> new LeftOut.Reason(misfit.code(), misfit.pointer(), misfit.reason()))
                .toList();
        return new LeftOut(read, filtered, unfit, warned, reasons);
    }
}
