package io.penstock.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.penstock.error.PenstockException;
import io.penstock.message.Glimpse;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The parts of one answer whose header section has come, for one subscriber.
 *
 * <p>All its state belongs to one thread, the connection's event loop. It asks for wire bytes one buffer at a time, and only
 * while its subscriber asks for parts; a body that fits the page buffer and has a known length comes without such pauses.
 */
final class BodyFlux extends Flux<ResponsePart> {

    private final Head head;
    private final Framing framing;
    private final BodyReader reader;
    private final Progress progress;
    private final Publisher<?> wire;
    private final BodyLoop loop;

    /** Is told of the flow, so that deadlines can be watched. */
    interface Progress {

        /** Bytes of the body have come. */
        void received(int bytes);

        /** Nobody asks for more. */
        void pause();

        /** Somebody asks for more. */
        void resume();
    }

    /**
     * Joins a header section with the body behind it.
     *
     * @param wire the buffers of the body; released by whoever emits them
     * @param loop the thread on which {@code wire} emits
     */
    BodyFlux(Head head, Framing framing, BodyReader reader, Progress progress, Publisher<?> wire, BodyLoop loop) {
        this.head = head;
        this.framing = framing;
        this.reader = reader;
        this.progress = progress;
        this.wire = wire;
        this.loop = loop;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ResponsePart> actual) {
        wire.subscribe(new Inner(actual));
    }

    private final class Inner implements CoreSubscriber<Object>, Subscription {

        private final CoreSubscriber<? super ResponsePart> actual;
        private final boolean unpaused = reader.bounded();
        private Subscription upstream = Operators.emptySubscription();
        private long demand;
        private boolean headSent;
        private boolean asked;
        private boolean ended;
        private boolean unreadable = !framing.readable();
        private boolean draining;
        private boolean again;
        private boolean done;
        private @Nullable Glimpse glimpse;

        Inner(CoreSubscriber<? super ResponsePart> actual) {
            this.actual = actual;
            this.glimpse =
                    head.status() < 300 ? Glimpse.in(actual.currentContext()).orElse(null) : null;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
            loop.execute(this::drain);
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                loop.execute(() -> {
                    demand = Operators.addCap(demand, n);
                    drain();
                });
            }
        }

        @Override
        public void cancel() {
            loop.execute(this::stop);
        }

        @Override
        public void onNext(Object message) {
            if (done) {
                return;
            }
            ByteBuf bytes = message instanceof ByteBufHolder holder ? holder.content() : (ByteBuf) message;
            progress.received(bytes.readableBytes());
            try {
                reader.add(bytes);
            } catch (PenstockException refused) {
                broken(refused);
                return;
            }
            if (unpaused) {
                show();
            } else {
                asked = false;
                drain();
            }
        }

        /** Behind the head, for what it says of limits is to be known by then. */
        private void begin() {
            Glimpse shown = glimpse;
            glimpse = shown != null && !done && shown.begins(head) ? shown : null;
        }

        private void show() {
            Glimpse shown = glimpse;
            if (shown != null && !reader.show(shown)) {
                glimpse = null;
            }
        }

        @Override
        public void onComplete() {
            if (done) {
                return;
            }
            ended = true;
            try {
                reader.end();
                loop.later(this::drain); // by then the connection is free for the request that may follow from it
            } catch (PenstockException incomplete) {
                broken(incomplete);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (done) {
                Operators.onErrorDropped(error, actual.currentContext());
            } else {
                ended = true;
                broken(error);
            }
        }

        /** Emits while it can; called from inside itself it only says that there may be more to do. */
        private void drain() {
            again = true;
            if (draining) {
                return;
            }
            draining = true;
            while (again && !done) {
                again = false;
                step();
            }
            draining = false;
        }

        private void step() {
            if (demand == 0) {
                if (!ended) {
                    progress.pause();
                }
            } else if (!headSent) {
                headSent = true;
                deliver(head);
                begin();
            } else if (unreadable) {
                cancelUpstream(); // closes the connection, as nobody will read what is still on it
                deliverLast(new Chunk(new byte[0], true));
            } else {
                read();
            }
        }

        private void read() {
            try {
                Chunk chunk = reader.poll();
                if (chunk == null) {
                    show();
                    ask();
                } else if (chunk.last()) {
                    deliverLast(chunk);
                } else {
                    deliver(chunk);
                }
            } catch (PenstockException refused) {
                broken(refused);
            }
        }

        private void ask() {
            if (!asked) {
                asked = true;
                progress.resume();
                upstream.request(unpaused ? Long.MAX_VALUE : 1);
            }
        }

        private void deliver(ResponsePart part) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            again = true;
            actual.onNext(part);
        }

        private void deliverLast(Chunk chunk) {
            deliver(chunk);
            if (!done) {
                close();
                actual.onComplete();
            }
        }

        /** An error answer is told by its status; only of a good one the body is missed. */
        private void broken(Throwable error) {
            cancelUpstream();
            if (head.status() >= 300) {
                unreadable = true;
                drain();
            } else {
                close();
                actual.onError(error);
            }
        }

        private void stop() {
            if (!done) {
                close();
                cancelUpstream();
            }
        }

        private void cancelUpstream() {
            if (!ended) {
                ended = true;
                upstream.cancel();
            }
        }

        private void close() {
            done = true;
            reader.close();
        }
    }
}
