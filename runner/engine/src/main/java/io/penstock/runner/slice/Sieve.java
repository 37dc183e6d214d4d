package io.penstock.runner.slice;

import io.penstock.error.DataRejected;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.DataRejected.SchemaViolation;
import io.penstock.record.Batch;
import io.penstock.record.RecordBytes;
import io.penstock.runner.mapping.Mapped;
import io.penstock.runner.mapping.Mapping;
import io.penstock.runner.mapping.Misfit;
import io.penstock.runner.mapping.RecordErrors;
import io.penstock.runner.mapping.RecordErrors.Policy;
import io.penstock.runner.summary.Sifted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What stands between the source and the stage of a stream: the mapping, and what becomes of records that do not fit. Safe for
 * concurrent use.
 */
public final class Sieve {

    private final Optional<Mapping> mapping;
    private final RecordErrors errors;
    private final LongAdder filtered = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder buried = new LongAdder();
    private final LongAdder warned = new LongAdder();

    /** Maps with {@code mapping}, if there is one. */
    public Sieve(Optional<Mapping> mapping, RecordErrors errors) {
        this.mapping = mapping;
        this.errors = errors;
    }

    /** Lets everything through as it is; the first record that the sink refuses fails its slice. */
    public static Sieve open() {
        return new Sieve(Optional.empty(), RecordErrors.FAIL);
    }

    /** What the batches of one slice go through. */
    Reading reading() {
        return new Reading();
    }

    /** The batches of one slice, in order. For one thread at a time. */
    final class Reading {
        private long page = -1;
        private int attempt;
        private Sifted sum = Sifted.NONE;

        /**
         * Maps a batch. One without a mapping is handed on as it is. What an earlier attempt of the same page counted is taken back.
         *
         * @throws DataRejected if a record does not fit and must fail its slice, or there were too many of them
         */
        Step.Page take(Batch batch) {
            if (mapping.isEmpty()) {
                return new Step.Page(batch, List.of());
            }
            if (batch.page() != page || batch.attempt() != attempt) {
                add(batch.page() == page ? sum.negated() : Sifted.NONE);
                page = batch.page();
                attempt = batch.attempt();
                sum = Sifted.NONE;
            }
            Mapped mapped = mapping.get().apply(batch.records());
            Sifted sifted = sifted(mapped);
            add(sifted);
            sum = sum.plus(sifted);
            judge(mapped.misfits(), batch.page());
            Batch left = mapped.records() == batch.records() ? batch : with(batch, mapped.records());
            return new Step.Page(left, keeps() ? mapped.misfits() : List.of());
        }
    }

    private static Batch with(Batch batch, RecordBytes records) {
        return new Batch(batch.slice(), batch.page(), batch.attempt(), records, batch.after(), batch.pageEnd());
    }

    private Sifted sifted(Mapped mapped) {
        int unfit = goesOn() ? mapped.misfits().size() : 0;
        return new Sifted(mapped.filtered(), keeps() ? 0 : unfit, keeps() ? unfit : 0, mapped.warned());
    }

    private void add(Sifted more) {
        filtered.add(more.filtered());
        skipped.add(more.skipped());
        buried.add(more.deadLetters());
        warned.add(more.warned());
    }

    /**
     * Counts records that do not fit.
     *
     * @throws DataRejected if the first of them must fail the slice, or there are too many now
     */
    void refuse(List<Misfit> misfits, long page) {
        (keeps() ? buried : skipped).add(goesOn() ? misfits.size() : 0);
        judge(misfits, page);
    }

    private void judge(List<Misfit> misfits, long page) {
        if (misfits.isEmpty()) {
            return;
        }
        if (!goesOn()) {
            throw failure(misfits.get(0), page);
        }
        if (buried.sum() + skipped.sum() > errors.most()) {
            throw new RecordRejected("more than " + errors.most() + " records of this run did not fit, the last one: "
                    + describe(misfits.get(misfits.size() - 1), page)
                    + ". Mend the mapping or the data, or raise max_record_errors");
        }
    }

    private static DataRejected failure(Misfit misfit, long page) {
        String message = describe(misfit, page)
                + ". Mend the mapping or the data, or say on_record_error: skip or dead_letter to go on without such records";
        return misfit.code().equals("SchemaViolation") ? new SchemaViolation(message) : new RecordRejected(message);
    }

    private static String describe(Misfit misfit, long page) {
        return misfit.reason() + ", at " + (misfit.pointer().isEmpty() ? "the top" : misfit.pointer())
                + " of a record on page " + page;
    }

    /** Whether a slice goes on without records that do not fit. */
    boolean goesOn() {
        return errors.policy() != Policy.FAIL;
    }

    /** Whether records that do not fit are kept as dead letters. */
    boolean keeps() {
        return errors.policy() == Policy.DEAD_LETTER;
    }

    /** What was left out so far. */
    Sifted sifted() {
        return new Sifted(filtered.sum(), skipped.sum(), buried.sum(), warned.sum());
    }
}
