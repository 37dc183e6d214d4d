package io.penstock.checks.simulation.time;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The clock and timer of one process: virtual time, and what is still due in it. When the process halts, nothing of that happens
 * any more.
 */
public final class Clockwork implements Scheduler {

    private final VirtualTimeScheduler time;
    private final PriorityQueue<Task> due =
            new PriorityQueue<>(Comparator.<Task>comparingLong(task -> task.at).thenComparingLong(task -> task.number));
    private long scheduled;
    private int pending;
    private boolean halted;

    /** A process that begins now. */
    public Clockwork(VirtualTimeScheduler time) {
        this.time = time;
    }

    private final class Task implements Runnable, Disposable {
        private final Runnable work;
        private final long at;
        private final long number = scheduled++;
        private boolean over;

        Task(Runnable work, long at) {
            this.work = work;
            this.at = at;
        }

        @Override
        public void run() {
            if (!over) {
                dispose();
                work.run();
            }
        }

        @Override
        public void dispose() {
            if (!over) {
                over = true;
                pending--;
            }
        }

        @Override
        public boolean isDisposed() {
            return over;
        }
    }

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        if (halted) {
            return Disposables.single();
        }
        long nanos = Math.max(0, unit.toNanos(delay));
        Task made = new Task(task, now() + nanos);
        pending++;
        due.add(made);
        time.schedule(made, nanos, TimeUnit.NANOSECONDS);
        return made;
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("nobody in the pipeline needs a worker");
    }

    @Override
    public long now(TimeUnit unit) {
        return time.now(unit);
    }

    /** Nanoseconds of virtual time. */
    public long now() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    /** When the next task is due; negative if none is. */
    public long nextDue() {
        while (!due.isEmpty() && due.element().over) {
            due.remove();
        }
        return due.isEmpty() ? -1 : due.element().at;
    }

    /** How many tasks are due. */
    public int pending() {
        return pending;
    }

    /** Lets time pass until {@code nanos}, and happen what is due by then. */
    public void advanceTo(long nanos) {
        time.advanceTimeBy(Duration.ofNanos(Math.max(0, nanos - now())));
    }

    /** Nothing that is due happens any more. */
    public void halt() {
        halted = true;
        due.forEach(Task::dispose);
        due.clear();
    }

    /** Whether {@link #halt} was called. */
    public boolean halted() {
        return halted;
    }

    @Override
    public void dispose() {
        halt();
    }
}
