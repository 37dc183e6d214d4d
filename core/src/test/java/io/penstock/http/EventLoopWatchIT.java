package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.scheduler.NonBlocking;

/** That the tests of this module are watched: a call that blocks is planted where answers arrive, and is seen. */
class EventLoopWatchIT {

    @Test
    void aBlockingCallWhereAnswersArriveIsCaught() {
        AtomicReference<Thread> loop = new AtomicReference<>();
        try (RawServer server = RawServer.answering(Answers.ok("{}"));
                HttpTransport transport = HttpTransport.builder().build()) {
            Throwable caught = transport
                    .send(ApiRequest.of(Method.GET, server.url("/")))
                    .doOnNext(part -> {
                        loop.set(Thread.currentThread());
                        LockSupport.parkNanos(1);
                    })
                    .then()
                    .materialize()
                    .block(Duration.ofSeconds(20))
                    .getThrowable();
            assertThat(loop.get()).isInstanceOf(NonBlocking.class);
            assertThat(caught).isInstanceOf(BlockingOperationError.class).hasMessageContaining("park");
        }
    }
}
