package io.penstock.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One reader of one slice, as seen from outside: where its time goes and what it has sent.
 *
 * <p>It travels in the Reactor context, so that a source needs not know of it. Safe for concurrent use.
 */
public final class Lane {

    private final Waits waits;
    private final Journal journal;
    private final LongAdder requests = new LongAdder();
    private final Map<RetryCause, LongAdder> retries =
            new EnumMap<>(RetryCause.class); // all keys are there from the start
    private final LongAdder bytes = new LongAdder();
    private final LongAdder drifts = new LongAdder();
    private final LongAdder repairs = new LongAdder();
    private final LongAdder skippedParents = new LongAdder();

    private Lane(Waits waits, Journal journal) {
        this.waits = waits;
        this.journal = journal;
        for (RetryCause cause : RetryCause.values()) {
            retries.put(cause, new LongAdder());
        }
    }

    /** A lane that begins now, waiting for its first permit. */
    public static Lane begin(Scheduler timer) {
        return new Lane(Waits.begin(timer, WaitReason.LIMIT), new Journal(timer));
    }

    /** The lane of a subscription, if it has one. */
    public static Optional<Lane> in(ContextView context) {
        return context.getOrEmpty(Lane.class);
    }

    /** {@code context} with this lane in it. */
    public Context into(Context context) {
        return context.put(Lane.class, this);
    }

    /** Where its time goes. */
    public Waits waits() {
        return waits;
    }

    /** Its last requests. */
    public Journal journal() {
        return journal;
    }

    /** One more try was sent. */
    public void sent() {
        requests.increment();
    }

    /** One more try will be a repeat, for this reason. */
    public void repeated(RetryCause cause) {
        adder(cause).increment();
    }

    private LongAdder adder(RetryCause cause) {
        return Objects.requireNonNull(retries.get(cause));
    }

    /** That many inflated bytes of bodies arrived. */
    public void received(long count) {
        bytes.add(count);
    }

    /** The list moved under its reader between two pages. */
    public void drifted() {
        drifts.increment();
    }

    /** So many halves of surrogate pairs were replaced. */
    public void repaired(long count) {
        repairs.add(count);
    }

    /** So many parents had no value to read their children by. */
    public void skippedParents(long count) {
        skippedParents.add(count);
    }

    /** Tries sent, repeats included. */
    public long requests() {
        return requests.sum();
    }

    /** Repeats among them. */
    public long retries() {
        return retries.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Repeats for one reason. */
    public long retries(RetryCause cause) {
        return adder(cause).sum();
    }

    /** Inflated bytes of bodies. */
    public long bytes() {
        return bytes.sum();
    }

    /** Seams at which the list was seen to have moved. */
    public long drifts() {
        return drifts.sum();
    }

    /** Halves of surrogate pairs that were replaced. */
    public long repairs() {
        return repairs.sum();
    }

    /** Parents whose children were not read, for want of the value to ask for them by. */
    public long skippedParents() {
        return skippedParents.sum();
    }
}
