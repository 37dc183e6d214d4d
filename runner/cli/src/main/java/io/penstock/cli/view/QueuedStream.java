package io.penstock.cli.view;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes what is written at once and hands it on by a thread of its own, so that nobody who tells of a run has to wait for whoever
 * reads: a terminal that was stopped, or a pipe that nobody empties, holds up no data.
 *
 * <p>Up to {@value #MOST} bytes wait. What does not fit is left out, and how much that was is said as soon as there is room. Safe for
 * concurrent use; a stream that is broken swallows what is written to it.
 */
public final class QueuedStream extends OutputStream {

    static final int MOST = 1 << 20;

    private final OutputStream to;
    private final Lock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();

    // all below guarded by `lock`
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int size;
    private int missed;
    private boolean broken;

    private QueuedStream(OutputStream to) {
        this.to = to;
    }

    /** A queue before {@code to}, whose thread does not keep the process alive. */
    public static QueuedStream before(OutputStream to) {
        QueuedStream queue = new QueuedStream(to);
        Thread writer = new Thread(queue::handOn, "penstock-stderr");
        writer.setDaemon(true);
        writer.start();
        return queue;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        lock.lock();
        try {
            if (size > 0 && size + length > MOST) {
                missed++;
            } else if (!broken && length > 0) {
                tellMissed();
                add(Arrays.copyOfRange(bytes, from, from + length));
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellMissed() {
        if (missed > 0) {
            add((missed + " lines are missing here, because nobody read them in time\n")
                    .getBytes(StandardCharsets.UTF_8));
            missed = 0;
        }
    }

    private void add(byte[] piece) {
        waiting.add(piece);
        size += piece.length;
        added.signal();
    }

    /** Waits until all is handed on, but no longer than {@code patience} for a reader that takes nothing; whether it was. */
    public boolean drain(Duration patience) {
        lock.lock();
        try {
            boolean read = true;
            tellMissed();
            while (size > 0 && read) {
                read = taken.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
            return size == 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void handOn() {
        try {
            for (byte[] piece = next(); ; piece = next()) {
                to.write(piece);
                to.flush();
                took(piece.length);
            }
        } catch (IOException | InterruptedException nobodyReads) {
            giveUp();
        }
    }

    private byte[] next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                added.await();
            }
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    private void took(int length) {
        lock.lock();
        try {
            size -= length;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp() {
        lock.lock();
        try {
            broken = true;
            waiting.clear();
            size = 0;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
