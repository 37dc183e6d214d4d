package io.penstock.linear;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Time stands still, and no timer ever rings. */
public final class StoppedTime implements Scheduler {

    @Override
    public Disposable schedule(Runnable task) {
        return Disposables.disposed();
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return Disposables.single();
    }

    @Override
    public long now(TimeUnit unit) {
        return 0;
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException();
    }
}
