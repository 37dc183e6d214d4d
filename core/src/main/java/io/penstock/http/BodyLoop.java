package io.penstock.http;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The thread that all signals of a body come from. */
interface BodyLoop extends Executor {

    /** Runs a task at once if called on the thread itself, else later on it. */
    @Override
    void execute(Runnable task);

    /** Runs a task on the thread when it has done what it is at. */
    void later(Runnable task);

    /** The one thread of a connection. */
    static BodyLoop of(EventLoop thread) {
        return new OnEventLoop(thread);
    }

    /** An event loop of the HTTP library. */
    record OnEventLoop(EventLoop thread) implements BodyLoop {

        @Override
        public void execute(Runnable task) {
            if (thread.inEventLoop()) {
                task.run();
            } else {
                later(task);
            }
        }

        @Override
        public void later(Runnable task) {
            try {
                thread.execute(task);
            } catch (RejectedExecutionException closed) {
                task.run(); // the loops have ended, and with them everything that could run beside this
            }
        }
    }
}
