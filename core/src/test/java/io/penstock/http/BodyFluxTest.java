package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.record.HeldBytes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class BodyFluxTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("http://h/p"));
    private static final HttpLimits SMALL = HttpLimits.DEFAULT.with(Limit.PAGE_BUFFER, 1000);

    private final TestPublisher<Object> wire = TestPublisher.create();
    private final HeldBytes held = HeldBytes.of(64 << 20);
    private final List<String> told = new ArrayList<>();

    private final BodyFlux.Progress progress = new BodyFlux.Progress() {
        @Override
        public void received(int bytes) {
            told.add("received " + bytes);
        }

        @Override
        public void pause() {
            told.add("pause");
        }

        @Override
        public void resume() {
            told.add("resume");
        }
    };

    private static final BodyLoop HERE = new BodyLoop() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void later(Runnable task) {
            task.run();
        }
    };

    private Flux<ResponsePart> body(int status, Framing framing, HttpLimits limits) {
        Head head = new Head(status, Headers.NONE, "id", framing.framed());
        return new BodyFlux(head, framing, new BodyReader(REQUEST, framing, limits, held), progress, wire, HERE);
    }

    private static Framing plain(long length) {
        return new Framing(length, true, false, false, true);
    }

    private static ByteBuf bytes(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    private static void isChunk(ResponsePart part, int length, boolean last) {
        assertThat(((Chunk) part).bytes()).hasSize(length);
        assertThat(((Chunk) part).last()).isEqualTo(last);
    }

    @Test
    void asksForNothingBeforeItIsAsked() {
        StepVerifier.create(body(200, plain(-1), SMALL), 0)
                .expectSubscription()
                .then(() -> assertThat(told).doesNotContain("resume"))
                .thenRequest(1)
                .expectNextMatches(Head.class::isInstance)
                .then(() -> assertThat(told).doesNotContain("resume"))
                .thenRequest(1)
                .then(() -> wire.assertMinRequested(1).assertMaxRequested(1))
                .then(() -> wire.next(bytes(10)))
                .then(() -> wire.assertMaxRequested(2))
                .then(wire::complete)
                .assertNext(part -> isChunk(part, 10, true))
                .expectComplete()
                .verify(LIMIT);
        assertThat(told).containsExactly("pause", "pause", "resume", "received 10", "resume");
    }

    @Test
    void aLargeBodyLeavesInChunksAsTheyAreAskedFor() {
        int chunk = PageBuffer.CHUNK;
        StepVerifier.create(body(200, plain(2L * chunk + 5), SMALL), 1)
                .expectNextMatches(Head.class::isInstance)
                .thenRequest(1)
                .then(() -> wire.next(bytes(chunk + 2)))
                .assertNext(part -> isChunk(part, chunk, false))
                .then(() -> wire.assertMaxRequested(1))
                .thenRequest(1)
                .then(() -> wire.assertMaxRequested(2))
                .then(() -> wire.next(bytes(chunk + 3)).complete())
                .assertNext(part -> isChunk(part, chunk, false))
                .thenRequest(1)
                .assertNext(part -> isChunk(part, 5, true))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aHeldBodyComesWhole() {
        StepVerifier.create(body(200, plain(1000), SMALL), 2)
                .expectNextMatches(Head.class::isInstance)
                .then(() -> wire.next(bytes(400)).next(bytes(600)).complete())
                .assertNext(part -> isChunk(part, 1000, true))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aShortBodyIsNoBody() {
        StepVerifier.create(body(200, plain(1000), SMALL), 2)
                .expectNextMatches(Head.class::isInstance)
                .then(() -> wire.next(bytes(999)).complete())
                .expectErrorMatches(TruncatedResponse.class::isInstance)
                .verify(LIMIT);
    }

    @Test
    void aBrokenBodyOfAnErrorAnswerIsEmpty() {
        StepVerifier.create(body(502, plain(1000), SMALL), 1)
                .expectNextMatches(Head.class::isInstance)
                .then(() -> wire.next(bytes(999)).error(new java.io.IOException("reset")))
                .thenRequest(1)
                .assertNext(part -> isChunk(part, 0, true))
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void cancellingAtAnySignalCancelsTheWire() {
        for (int signals = 0; signals < 3; signals++) {
            TestPublisher<Object> one = TestPublisher.create();
            Head head = new Head(200, Headers.NONE, "id");
            Framing framing = new Framing(-1, true, true, false, true);
            BodyReader reader = new BodyReader(REQUEST, framing, SMALL, held);
            StepVerifier.Step<ResponsePart> step =
                    StepVerifier.create(new BodyFlux(head, framing, reader, progress, one, HERE), 2);
            if (signals > 0) {
                step = step.expectNextMatches(Head.class::isInstance);
            }
            if (signals > 1) {
                step = step.then(() -> one.next(Unpooled.wrappedBuffer(Answers.gzip(new byte[10]), 0, 12)));
            }
            step.thenCancel().verify(LIMIT);
            one.assertCancelled();
        }
    }

    @Test
    void inflatingStopsWhileNobodyAsks() {
        HttpLimits loose = SMALL.with(Limit.INFLATE_RATIO, 100_000);
        byte[] zipped = Answers.gzip(new byte[20 << 20]);
        StepVerifier.create(body(200, new Framing(-1, true, true, false, true), loose), 2)
                .expectNextMatches(Head.class::isInstance)
                .then(() -> wire.next(Unpooled.wrappedBuffer(zipped)))
                .assertNext(part -> assertThat(((Chunk) part).bytes().length).isLessThanOrEqualTo(PageBuffer.CHUNK))
                .then(() -> wire.assertMaxRequested(1))
                .then(() -> assertThat(told.get(told.size() - 1)).isEqualTo("pause"))
                .thenRequest(3)
                .expectNextCount(3)
                .then(() -> wire.assertMaxRequested(1))
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    void buffersAreLeftToWhoeverEmitsThem() {
        ByteBuf buffer = Unpooled.buffer().writeZero(10);
        StepVerifier.create(body(200, plain(10), SMALL), 2)
                .expectNextCount(1)
                .then(() -> wire.next(buffer).complete())
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }
}
