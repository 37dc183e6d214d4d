package io.penstock.client.exchange;

import io.penstock.breaker.Pass;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.message.SendProgress;
import io.penstock.observe.CredentialLog;
import io.penstock.observe.Journal;
import io.penstock.observe.Lane;
import io.penstock.observe.RequestLog;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One request on the wire: what its answer means, and who is told of it. For one subscriber.
 *
 * <p>Parts of a success pass; anything else becomes an error once its body has been read. What was held for the request is given
 * back before its end is told. One operator in the place of many, since every request goes through it.
 */
final class Sending implements SendProgress, CoreSubscriber<ResponsePart>, Subscription {

    private final ApiRequest request;
    private final ApiRequest authorised;
    private final Trip trip;
    private final Way way;
    private final Exchange exchange;
    private final CoreSubscriber<? super ResponsePart> actual;
    private final Context context;
    private final @Nullable Pass pass;
    private final @Nullable Permit permit;
    private final Instant began;
    private final Journal.Note note;
    private final AtomicBoolean shown = new AtomicBoolean();
    private @Nullable Subscription upstream;
    private @Nullable Head head;
    private boolean over;

    /** Goes out now. */
    Sending(Outgoing outgoing, CoreSubscriber<? super ResponsePart> actual) {
        this.request = outgoing.request();
        this.authorised = outgoing.authorised();
        this.trip = outgoing.trip();
        this.way = outgoing.way();
        this.exchange = outgoing.exchange();
        this.actual = actual;
        this.context = SendProgress.into(actual.currentContext(), this);
        this.pass = way.hold().pass();
        this.permit = way.hold().permit();
        this.began = exchange.terms().means().clock().instant();
        this.note = lane().journal().sending(request, trip.attempt(), began);
        lane().waits().on(WaitReason.SERVER);
        lane().sent();
        trip.tries().sent();
    }

    private Lane lane() {
        return trip.lane();
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void connecting() {
        lane().waits().on(WaitReason.POOL);
    }

    @Override
    public void sent() {
        lane().waits().on(WaitReason.SERVER);
        note.onWire();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void request(long n) {
        source().request(n);
    }

    private Subscription source() {
        Subscription known = upstream;
        return known == null ? Operators.emptySubscription() : known;
    }

    @Override
    public void cancel() {
        ended();
        source().cancel();
        way.hold().letGo(); // only now: the slot is free when nothing is under way any more
    }

    @Override
    public void onNext(ResponsePart part) {
        if (over) {
            Operators.onNextDropped(part, context);
            return;
        }
        boolean passes;
        try {
            passes = read(part);
        } catch (RuntimeException refused) {
            source().cancel();
            end(refused);
            return;
        }
        if (passes) {
            actual.onNext(part); // not in there: what a receiver throws is no answer of the server
        } else {
            source().request(1); // whoever asked for one has not been given any
        }
    }

    /** Whether {@code part} is one of a success. */
    private boolean read(ResponsePart part) {
        if (part instanceof Head first) {
            begin(first);
        } else if (part instanceof Chunk chunk) {
            lane().received(chunk.bytes().length);
            if (chunk.last()) {
                ended();
                judge(chunk);
            }
        }
        return good();
    }

    private void begin(Head first) {
        head = first;
        note.answered(first.status(), first.requestId());
        lane().waits().on(WaitReason.TRANSFER);
        exchange.answers().heard(request, first, began);
        exchange.sunsets().look(request, first.headers());
        if (way.hops().bears(request)) {
            CredentialLog.in(context).ifPresent(log -> new CredentialUses(exchange.terms()).tell(log, first, began));
        }
        if (pass != null && pass.probe() && first.status() != 429 && !Answers.serverFailed(first.status())) {
            pass.succeeded(note.waited()); // its body may take long, and others wait for the probe
        }
    }

    private boolean good() {
        Head first = head;
        return first == null || first.status() < 300 || exchange.answers().taken(request, first.status());
    }

    /** The answer is whole: a success is told, anything else thrown as what it means. */
    private void judge(Chunk end) {
        Head first = head;
        if (first == null || good()) {
            tellSuccess();
            return;
        }
        RuntimeException failure =
                exchange.answers().failure(request, first, end.bytes(), way.hops(), new Echo(request, authorised));
        tell(failure);
        throw way.hops().unlessRenewed(authorised, first, failure);
    }

    @Override
    public void onComplete() {
        if (!over) {
            over = true;
            if (permit != null) {
                permit.served();
            }
            way.hold().letGo();
            actual.onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (over) {
            Operators.onErrorDropped(failure, context);
            return;
        }
        ended();
        tell(failure);
        end(failure);
    }

    private void end(Throwable failure) {
        over = true;
        if (permit != null) {
            exchange.terms().quotas().failed(permit, failure);
        }
        way.hold().letGo();
        actual.onError(failure);
    }

    private void ended() {
        note.ended();
        Optional<RequestLog> log = RequestLog.in(context);
        if (log.isPresent() && shown.compareAndSet(false, true)) {
            log.get().sent(note.entry());
        }
    }

    private void tell(Throwable failure) {
        if (pass == null) {
            return;
        }
        if (failure instanceof Throttled throttled && throttled.status() == 503) {
            pass.failed(throttled.retryAfter());
        } else if (failure instanceof UpstreamError upstream && Answers.serverFailed(upstream.status())) {
            pass.failed(upstream.retryAfter());
        } else if (failure instanceof TruncatedResponse
                || (failure instanceof NetworkError network && fault(network.step()))) {
            pass.failed(Duration.ZERO);
        } else if (head != null && !(failure instanceof PenstockException known && known.repeats() > 0)) {
            tellSuccess(); // the server works, it only refuses this request
        }
    }

    /** A name that is not resolved and a full pool are no fault of the server. */
    private static boolean fault(NetworkError.Step step) {
        return step != NetworkError.Step.DNS && step != NetworkError.Step.POOL;
    }

    private void tellSuccess() {
        if (pass != null) {
            pass.succeeded(note.waited());
        }
    }
}
