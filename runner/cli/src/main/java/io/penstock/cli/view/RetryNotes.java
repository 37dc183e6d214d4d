package io.penstock.cli.view;

import io.penstock.error.PenstockException;
import io.penstock.redact.Redaction;
import io.penstock.retry.RetryListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/**
 * Tells a person why nothing seems to happen: what is being tried again. A single repeat that follows at once is not worth a line,
 * and no two lines come closer together than five seconds. Safe for concurrent use.
 */
public final class RetryNotes implements RetryListener {

    private static final int WORTH_TELLING = 2;
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final Duration APART = Duration.ofSeconds(5);

    private final Scheduler timer;
    private final AtomicLong nextAt = new AtomicLong(Long.MIN_VALUE);
    private volatile Consumer<String> reader = line -> {};
    private volatile Redaction redaction = Redaction.empty();

    public RetryNotes(Scheduler timer) {
        this.timer = timer;
    }

    /** From now on {@code who} is told; must return at once. */
    public void to(Consumer<String> who) {
        reader = who;
    }

    /** Hides these secrets. */
    public void hide(Redaction secrets) {
        redaction = secrets;
    }

    @Override
    public void retrying(int attempt, PenstockException failure, Duration wait) {
        if ((attempt >= WORTH_TELLING || wait.compareTo(LONG) >= 0) && due()) {
            reader.accept(redaction.hide(
                    failure.getMessage() + "; try " + (attempt + 1) + " follows in " + Quantities.time(wait)));
        }
    }

    private boolean due() {
        long now = timer.now(TimeUnit.NANOSECONDS);
        long next = nextAt.get();
        return now >= next && nextAt.compareAndSet(next, now + APART.toNanos());
    }
}
