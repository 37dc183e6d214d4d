package io.penstock.testkit.model;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Two daemon threads for scans and sums, with a bounded queue. Made by hand, so that virtual time leaves it alone. */
final class Worker implements AutoCloseable {

    private static final int QUEUE = 10_000;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), Worker::thread);
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads, "penstock-model-worker");

    Worker() {
        threads.allowCoreThreadTimeOut(true);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "penstock-model-worker");
        thread.setDaemon(true);
        return thread;
    }
}
