package io.penstock.http;

import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.http.Timeouts.Wait;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.message.SendProgress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * One try of one request: passes its parts on, watches its deadlines on the injected timer, and gives every failure its type.
 *
 * <p>One alarm at a time is set, for the first instant at which anything can be due. Before an answer has come it ends the try
 * by itself; afterwards it does so on the connection's event loop, where all other signals come from.
 */
final class Exchange implements CoreSubscriber<ResponsePart>, Subscription, BodyFlux.Progress {

    private enum State {
        OPEN,
        ANSWERED,
        DONE
    }

    private final ApiRequest request;
    private final String id;
    private final Watch watch;
    private final Scheduler timer;
    private final Optional<SendProgress> progress;
    private final CoreSubscriber<? super ResponsePart> actual;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final Disposable.Swap alarm = Disposables.swap();
    private volatile boolean armed;
    private volatile @Nullable Executor loop;
    private Subscription upstream = Operators.emptySubscription();

    /** What all tries of one transport have in common. */
    record Terms(Timeouts timeouts, Scheduler timer, Supplier<String> ids) {}

    private Exchange(ApiRequest request, Terms terms, CoreSubscriber<? super ResponsePart> actual) {
        this.request = request;
        this.id = terms.ids().get();
        this.timer = terms.timer();
        this.watch = new Watch(terms.timeouts(), now(timer));
        this.actual = actual;
        this.progress = SendProgress.in(actual.currentContext());
    }

    /**
     * A try for each subscriber.
     *
     * @param open sends the request of an exchange, telling it when it is {@link #sent} and {@link #answered}
     */
    static Flux<ResponsePart> of(ApiRequest request, Terms terms, Function<Exchange, Publisher<ResponsePart>> open) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ResponsePart> actual) {
                Exchange exchange = new Exchange(request, terms, actual);
                exchange.opened(open).subscribe(exchange);
            }
        };
    }

    private Publisher<ResponsePart> opened(Function<Exchange, Publisher<ResponsePart>> open) {
        try {
            return open.apply(this);
        } catch (PenstockException refused) {
            return Flux.error(refused);
        }
    }

    ApiRequest request() {
        return request;
    }

    String id() {
        return id;
    }

    /** The request goes out. */
    void sent() {
        watch.sent(now(timer));
        progress.ifPresent(SendProgress::sent);
    }

    /** The header section has come; from now on all signals come from {@code loop}. */
    void answered(Executor on) {
        watch.answered(now(timer));
        loop = on;
    }

    @Override
    public void received(int bytes) {
        watch.received(now(timer), bytes);
    }

    @Override
    public void pause() {
        watch.pause(now(timer));
    }

    @Override
    public void resume() {
        if (watch.resume(now(timer)) && !armed) {
            arm();
        }
    }

    @Override
    public Context currentContext() {
        return actual.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        progress.ifPresent(SendProgress::connecting);
        actual.onSubscribe(this);
        arm();
    }

    @Override
    public void request(long n) {
        upstream.request(n);
    }

    @Override
    public void cancel() {
        if (state.getAndSet(State.DONE) != State.DONE) {
            alarm.dispose();
            upstream.cancel();
        }
    }

    @Override
    public void onNext(ResponsePart part) {
        if (state.get() == State.ANSWERED || state.compareAndSet(State.OPEN, State.ANSWERED)) {
            actual.onNext(part);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (state.getAndSet(State.DONE) == State.DONE) {
            Operators.onErrorDropped(error, currentContext());
            return;
        }
        alarm.dispose();
        actual.onError(NetworkErrors.of(request, watch, error).in(Place.request(0, id)));
    }

    @Override
    public void onComplete() {
        if (state.getAndSet(State.DONE) != State.DONE) {
            alarm.dispose();
            actual.onComplete();
        }
    }

    private void arm() {
        long quiet = watch.quiet(now(timer));
        if (quiet >= 0 && state.get() != State.DONE) {
            armed = true;
            alarm.update(timer.schedule(this::ring, quiet, TimeUnit.NANOSECONDS));
        }
    }

    private void ring() {
        armed = false;
        Executor on = loop;
        if (on == null) {
            check(State.OPEN);
        } else {
            on.execute(() -> check(State.ANSWERED));
        }
    }

    private void check(State expected) {
        Wait late = watch.due(now(timer));
        if (late == null) {
            arm();
        } else if (state.compareAndSet(expected, State.DONE)
                || (expected == State.ANSWERED && state.compareAndSet(State.OPEN, State.DONE))) {
            upstream.cancel();
            actual.onError(NetworkErrors.late(request, watch, late).in(Place.request(0, id)));
        } else if (state.get() == State.ANSWERED) {
            ring();
        }
    }

    private static long now(Scheduler timer) {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
