package io.penstock.sink;

import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A sink's own few named threads, on which its blocking work runs.
 *
 * <p>Work that has begun is never interrupted: an interrupt closes an open file under its users. A subscriber that cancels
 * before its work begins takes it back; later it only does not hear of the end. The queue is bounded by a count and has no lock, so that an event loop that hands work over never waits; work
 * beyond the bound fails with {@link SinkTransient}. Safe for concurrent use.
 */
public final class SinkThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkThreads.class);

    private final ThreadPoolExecutor threads;
    private final AtomicInteger accepted = new AtomicInteger();
    private final int most;
    private final String name;
    private final Function<Throwable, PenstockException> failures;

    /**
     * Names the threads; they start when there is work, end when idle, and are daemons.
     *
     * @param threads how many
     * @param queue how many pieces of work may wait
     * @param failures sorts what work throws and is not yet a {@link PenstockException}
     */
    public SinkThreads(String name, int threads, int queue, Function<Throwable, PenstockException> failures) {
        this.name = name;
        this.failures = failures;
        this.most = threads + queue;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedTransferQueue<>(), work -> {
                    Thread thread = new OwnThread(this, work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Runs {@code work} at each subscription; empty if it returns null. */
    public <T> Mono<T> call(Callable<? extends T> work) {
        return Mono.create(sink -> {
            AtomicInteger begun = new AtomicInteger();
            sink.onCancel(() -> begun.compareAndSet(0, 2));
            execute(
                    () -> {
                        if (!begun.compareAndSet(0, 1)) {
                            return;
                        }
                        T result;
                        try {
                            result = work.call();
                        } catch (Exception | StackOverflowError failure) {
                            sink.error(sorted(failure));
                            return;
                        }
                        sink.success(result);
                    },
                    sink::error);
        });
    }

    /** Runs {@code work} at each subscription. */
    public Mono<Void> run(Work work) {
        return call(() -> {
            work.run();
            return null;
        });
    }

    /** Runs {@code work} soon and waits for nobody; a failure is dropped, since the work only clears up. */
    public void later(Work work) {
        execute(
                () -> {
                    try {
                        work.run();
                    } catch (Exception leftForTheNextClaim) {
                        // What could not be cleared up now is cleared up when the store is claimed again.
                    }
                },
                refused -> {});
    }

    private void execute(Runnable work, Consumer<Throwable> refused) {
        if (accepted.incrementAndGet() > most) {
            accepted.decrementAndGet();
            refused.accept(new SinkTransient(name + " has too much to do: write fewer slices side by side"));
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    accepted.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException closed) {
            accepted.decrementAndGet();
            refused.accept(new SinkPermanent("the sink was closed before the work was done", closed));
        }
    }

    private PenstockException sorted(Throwable failure) {
        return failure instanceof PenstockException known ? known : failures.apply(failure);
    }

    /** Lets all work that was accepted end, waiting up to a minute for it unless called from such work itself. */
    @Override
    public void close() {
        threads.shutdown();
        if (Thread.currentThread() instanceof OwnThread own && own.owner == this) {
            return;
        }
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("{} is still busy after a minute; its files stay open until it ends", name);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the sink's own threads from others. */
    private static final class OwnThread extends Thread {
        private final SinkThreads owner;

        OwnThread(SinkThreads owner, Runnable work, String name) {
            super(work, name);
            this.owner = owner;
        }
    }

    /** Something that blocks. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }
}
