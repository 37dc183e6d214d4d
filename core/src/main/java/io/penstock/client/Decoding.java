package io.penstock.client;

import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Parts of an answer in, batches of records out.
 *
 * <p>Demand: a part is asked for when all batches of the one before have been taken, so that what a small part unpacks to is
 * unpacked as it is asked for, and one part at most is read beyond demand.
 */
final class Decoding extends FluxOperator<ResponsePart, PageBatch> {

    private static final byte[] NOTHING = new byte[0];

    private final Supplier<Page> page;

    Decoding(Flux<? extends ResponsePart> parts, Supplier<Page> page) {
        super(parts);
        this.page = page;
    }

    /** What is made of one answer; for one thread at a time. */
    interface Page {

        /** The answer begins. */
        void begin(Head head);

        /** The next batch of the piece that was given last; {@code bytes} is empty from the second batch of a piece on. */
        PageBatch batch(byte[] bytes, boolean last);

        /** Whether the piece that was given last holds more. */
        boolean pending();

        /**
         * Nothing more comes.
         *
         * @param whole whether the answer came to its end
         */
        void close(boolean whole);
    }

    @Override
    public void subscribe(CoreSubscriber<? super PageBatch> actual) {
        source.subscribe(new Loop(page.get(), actual));
    }

    private static final class Loop implements CoreSubscriber<ResponsePart>, Subscription {

        private static final AtomicLongFieldUpdater<Loop> DEMAND =
                AtomicLongFieldUpdater.newUpdater(Loop.class, "demand");

        private final Page page;
        private final CoreSubscriber<? super PageBatch> actual;
        private volatile long demand;
        private final AtomicInteger rounds = new AtomicInteger();
        private volatile Subscription source = Operators.emptySubscription();
        private volatile @Nullable ResponsePart part;
        private volatile boolean ended;
        private volatile boolean cancelled;
        private @Nullable Throwable failure;

        // all below for the thread in the loop alone
        private boolean begun;
        private boolean over;

        Loop(Page page, CoreSubscriber<? super PageBatch> actual) {
            this.page = page;
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            actual.onSubscribe(this);
            subscription.request(1);
        }

        @Override
        public void onNext(ResponsePart next) {
            part = next;
            loop();
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            ended = true;
            loop();
        }

        @Override
        public void onComplete() {
            ended = true;
            loop();
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                Operators.addCap(DEMAND, this, n);
                loop();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            source.cancel();
            loop();
        }

        private void loop() {
            if (rounds.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            while (missed != 0) {
                round();
                missed = rounds.addAndGet(-missed);
            }
        }

        private void round() {
            while (!over) {
                ResponsePart next = part;
                if (cancelled) {
                    close(false);
                } else if (next != null) {
                    if (!take(next)) {
                        return;
                    }
                } else if (ended) {
                    end(failure);
                } else {
                    return;
                }
            }
        }

        /** Makes one batch of {@code next}, or as much as can be done without demand; false if demand is missing. */
        private boolean take(ResponsePart next) {
            if (next instanceof Chunk && demand == 0) {
                return false;
            }
            PageBatch batch;
            boolean spent;
            try {
                batch = made(next);
                spent = batch == null || !page.pending();
            } catch (RuntimeException refused) {
                source.cancel();
                end(Exceptions.unwrap(refused));
                return true;
            }
            if (batch != null) {
                Operators.produced(DEMAND, this, 1);
                actual.onNext(batch);
            }
            if (spent) {
                begun = false;
                part = null;
                source.request(1);
            }
            return true;
        }

        private @Nullable PageBatch made(ResponsePart next) {
            if (next instanceof Head head) {
                page.begin(head);
                return null;
            }
            Chunk chunk = (Chunk) next;
            PageBatch batch = page.batch(begun ? NOTHING : chunk.bytes(), chunk.last());
            begun = true;
            return batch;
        }

        private void end(@Nullable Throwable thrown) {
            close(thrown == null);
            if (thrown == null) {
                actual.onComplete();
            } else {
                actual.onError(thrown);
            }
        }

        private void close(boolean whole) {
            over = true;
            part = null;
            page.close(whole);
        }
    }
}
