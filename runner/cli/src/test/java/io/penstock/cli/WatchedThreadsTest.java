package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** That the tests of this module are watched: a call that blocks is planted on a thread that must not, and is seen. */
class WatchedThreadsTest {

    @Test
    void aBlockingCallOnAThreadThatMustNotIsCaught() {
        Throwable caught = Mono.<Void>fromRunnable(() -> LockSupport.parkNanos(1))
                .subscribeOn(Schedulers.parallel())
                .materialize()
                .block(Duration.ofSeconds(20))
                .getThrowable();
        assertThat(caught).isInstanceOf(BlockingOperationError.class);
    }
}
