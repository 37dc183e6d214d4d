package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SentRequest;
import io.penstock.runner.inspect.Check;
import io.penstock.runner.inspect.Inspector;
import io.penstock.runner.inspect.Preview;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InspectorTest {

    private final Rig rig = new Rig().orders().pages(3, 4);
    private final Inspector inspector = new Inspector(rig.host());

    @AfterEach
    void close() {
        rig.close();
    }

    private <T> T now(CompletableFuture<T> future) {
        rig.advance(10);
        assertThat(future).isDone();
        return future.join();
    }

    @Test
    void previewsTheFirstRecordsAndTouchesNeitherSinkNorState() {
        Preview preview = now(inspector.preview(rig.plan(), "orders", 5).toFuture());
        assertThat(preview.records()).hasSize(5).startsWith("{\"id\":\"all-0-0\"}");
        assertThat(rig.source.demand.get()).isEqualTo(2);
        assertThat(rig.source.closed).isTrue();
        assertThat(rig.store.log).isEmpty();
    }

    @Test
    void previewsTheRequestsThatFetchedThem() {
        rig.source.log = new SentRequest(
                "GET",
                "https://shop.example/orders",
                List.of("page"),
                1,
                "id",
                200,
                Instant.EPOCH,
                Duration.ZERO,
                Duration.ZERO);
        Preview preview = now(inspector.preview(rig.plan(), "shop/orders", 1).toFuture());
        assertThat(preview.requests()).first().isEqualTo(rig.source.log);
    }

    @Test
    void namesTheNearestStream() {
        CompletableFuture<Preview> future =
                inspector.preview(rig.plan(), "oders", 1).toFuture();
        rig.advance(10);
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConfigError.class)
                .hasMessageContaining("did you mean orders?");
    }

    @Test
    void checksBothEnds() {
        rig.source.checkFailure = new io.penstock.error.AccessDenied.AuthError("the token is refused");
        List<Check> checks = now(inspector.check(rig.plan()).collectList().toFuture());
        assertThat(checks).extracting(Check::end).containsExactly(Check.End.SOURCE, Check.End.SINK);
        assertThat(checks).extracting(Check::good).containsExactly(false, true);
        assertThat(checks.get(0).failure().orElseThrow().exitCode()).isEqualTo(77);
        assertThat(rig.store.log).containsExactly("check", "close");
    }

    @Test
    void listsStreams() {
        assertThat(now(inspector.streams(rig.plan()).collectList().toFuture()))
                .extracting(info -> info.id().name())
                .containsExactly("orders");
    }

    @Test
    void aDryRunSaysWhatWouldRunAndAsksTheSinkForNothing() {
        List<Intended> intended = now(new Runner(rig.host())
                .dryRun(rig.plan(), RunOptions.builder().fullRefresh(true).build())
                .collectList()
                .toFuture());
        assertThat(intended).extracting(Intended::mode).containsExactly(WriteMode.REPLACE);
        assertThat(rig.source.reads).isEmpty();
        assertThat(rig.store.log).containsExactly("close");
    }
}
