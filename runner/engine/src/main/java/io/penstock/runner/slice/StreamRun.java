package io.penstock.runner.slice;

import io.penstock.observe.Lane;
import io.penstock.record.Cursor;
import io.penstock.record.StreamInfo;
import io.penstock.runner.summary.Counts;
import io.penstock.runner.summary.Slices;
import io.penstock.runner.summary.StreamReport;
import io.penstock.runner.summary.StreamReport.State;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.scheduler.Scheduler;

/** One stream of a run: how it is written and how it stands. Safe for concurrent use. */
public final class StreamRun {

    private final StreamInfo info;
    private final WriteMode mode;
    private final CommitCadence cadence;
    private final Optional<Cursor> start;
    private final Sieve sieve;
    private final Lanes lanes;
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder committed = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final AtomicInteger known = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger(1); // the list of slices counts as one
    private volatile boolean listed;
    private volatile State state = State.WAITING;

    /** A stream of which nothing was listed yet. */
    public StreamRun(
            StreamInfo info,
            WriteMode mode,
            CommitCadence cadence,
            Optional<Cursor> start,
            Sieve sieve,
            Scheduler timer) {
        this.info = info;
        this.mode = mode;
        this.cadence = cadence;
        this.start = start;
        this.sieve = sieve;
        this.lanes = new Lanes(timer);
    }

    /** What the sink is told of it. */
    public StreamInfo info() {
        return info;
    }

    /** How it is written. */
    public WriteMode mode() {
        return mode;
    }

    CommitCadence cadence() {
        return cadence;
    }

    /** What its records go through. */
    Sieve sieve() {
        return sieve;
    }

    /** Where a slice begins that was never read. */
    Optional<Cursor> start() {
        return start;
    }

    /** As {@code connection/stream}. */
    public String name() {
        return info.id().toString();
    }

    void read(long rows, long size) {
        records.add(rows);
        bytes.add(size);
    }

    void committed(long rows) {
        committed.add(rows);
        commits.increment();
    }

    /** One more slice is to be read. */
    public void sliceListed() {
        known.incrementAndGet();
        open.incrementAndGet();
    }

    /** No more slices will come. */
    public void allListed() {
        listed = true;
    }

    void sliceBegins(Lane lane) {
        state = State.RUNNING;
        lanes.begin(lane);
    }

    void sliceEnds(Lane lane) {
        lanes.end(lane);
    }

    void sliceDone() {
        done.incrementAndGet();
    }

    void sliceFailed() {
        failed.incrementAndGet();
    }

    /** One slice, or the list of them, is over; true if it was the last. */
    public boolean closeOne() {
        return open.decrementAndGet() == 0;
    }

    /** Whether every slice was read to its end. */
    public boolean complete() {
        return listed && failed.get() == 0 && done.get() == known.get();
    }

    /** The last word on how it went; {@code well} only if it was {@link #complete} and published. */
    public void over(boolean well, boolean stopped) {
        if (well) {
            state = State.DONE;
        } else {
            state = failed.get() > 0 || !stopped ? State.FAILED : State.STOPPED;
        }
    }

    /** Whether {@link #over} was called. */
    public boolean isOver() {
        return state != State.WAITING && state != State.RUNNING;
    }

    /** How it stands. */
    public StreamReport report() {
        Counts counts = new Counts(
                records.sum(),
                bytes.sum(),
                committed.sum(),
                commits.sum(),
                lanes.requests(),
                lanes.retries(),
                lanes.repairs(),
                lanes.drifts(),
                lanes.skippedParents(),
                sieve.sifted());
        Slices slices = new Slices(known.get(), listed, done.get(), failed.get());
        return new StreamReport(info.id(), mode, info.incremental(), state, counts, slices, lanes.times());
    }
}
