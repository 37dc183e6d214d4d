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
import io.penstock.observe.Journal;
import io.penstock.observe.Lane;
import io.penstock.observe.RequestLog;
import io.penstock.observe.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** One request on the wire: what its answer means, and who is told of it. For one subscriber. */
final class Sending implements SendProgress {

    private final ApiRequest request;
    private final ApiRequest authorised;
    private final Trip trip;
    private final Hops hops;
    private final @Nullable Pass pass;
    private final Exchange exchange;
    private final Instant began;
    private final Journal.Note note;
    private @Nullable Head head;

    /** Goes out now. */
    Sending(ApiRequest request, ApiRequest authorised, Trip trip, Exchange.Sent sent, Exchange exchange) {
        this.request = request;
        this.authorised = authorised;
        this.trip = trip;
        this.hops = sent.hops();
        this.pass = sent.hold().pass();
        this.exchange = exchange;
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
    public void connecting() {
        lane().waits().on(WaitReason.POOL);
    }

    @Override
    public void sent() {
        lane().waits().on(WaitReason.SERVER);
        note.onWire();
    }

    /** Lets the parts of a success pass; anything else becomes an error once its body has been read. */
    Flux<ResponsePart> judge(Flux<ResponsePart> parts) {
        return Flux.deferContextual(context -> {
            Optional<RequestLog> log = RequestLog.in(context);
            return parts.doOnError(failed -> broken(failed, log))
                    .<ResponsePart>handle((part, out) -> {
                        if (part instanceof Head first) {
                            begin(first, log);
                        } else if (part instanceof Chunk chunk) {
                            read(chunk);
                        }
                        pass(part, out);
                    })
                    .doOnCancel(note::ended)
                    .contextWrite(known -> SendProgress.into(known, this));
        });
    }

    private void begin(Head first, Optional<RequestLog> log) {
        head = first;
        note.answered(first.status(), first.requestId());
        log(log, first.status());
        lane().waits().on(WaitReason.TRANSFER);
        exchange.answers().heard(request, first, began);
        exchange.sunsets().look(request, first.headers());
        if (pass != null && pass.probe() && first.status() != 429 && !Answers.serverFailed(first.status())) {
            pass.succeeded(note.waited()); // its body may take long, and others wait for the probe
        }
    }

    private void read(Chunk chunk) {
        lane().received(chunk.bytes().length);
        if (chunk.last()) {
            note.ended();
        }
    }

    private void pass(ResponsePart part, SynchronousSink<ResponsePart> out) {
        Head first = head;
        if (first == null || first.status() < 300 || exchange.answers().taken(request, first.status())) {
            if (part instanceof Chunk chunk && chunk.last()) {
                tellSuccess();
            }
            out.next(part);
        } else if (part instanceof Chunk chunk && chunk.last()) {
            RuntimeException failure = exchange.answers().failure(request, first, chunk.bytes(), hops);
            tell(failure);
            out.error(hops.unlessRenewed(authorised, first, failure));
        }
    }

    private void broken(Throwable failure, Optional<RequestLog> log) {
        note.ended();
        if (head == null) {
            log(log, 0);
        }
        tell(failure);
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

    private void log(Optional<RequestLog> log, int status) {
        log.ifPresent(listener -> listener.sent(new RequestLog.Entry(
                request.method().name(),
                request.origin() + request.url().getRawPath(),
                request.queryNames(),
                status,
                note.waited())));
    }
}
