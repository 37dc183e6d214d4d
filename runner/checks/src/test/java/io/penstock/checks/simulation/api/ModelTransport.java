package io.penstock.checks.simulation.api;

import io.penstock.checks.simulation.fate.Blow;
import io.penstock.checks.simulation.fate.Fate;
import io.penstock.checks.simulation.fate.Operation;
import io.penstock.checks.simulation.time.Clockwork;
import io.penstock.checks.simulation.time.Trace;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.Glimpse;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.message.SendProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The network of one process, and the API behind it. It keeps the deadlines that a transport has to keep. */
public final class ModelTransport implements Transport {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** No answer comes in the very moment of its request. */
    private static final long NEAREST = Duration.ofNanos(100_000).toNanos();

    private final Truth truth;
    private final Endpoints endpoints;
    private final Fate fate;
    private final Spoiler spoiler;
    private final Manners manners;
    private final Clockwork clock;
    private final Trace trace;
    private int numbers;

    /** A network in the time of {@code clock}. */
    public ModelTransport(Truth truth, Fate fate, Manners manners, Clockwork clock, Trace trace) {
        this.truth = truth;
        this.endpoints = new Endpoints(truth);
        this.fate = fate;
        this.spoiler = new Spoiler(fate);
        this.manners = manners;
        this.clock = clock;
        this.trace = trace;
    }

    private Instant serverTime() {
        return Truth.BEGIN.plusNanos(clock.now());
    }

    @Override
    public Flux<ResponsePart> send(ApiRequest request) {
        return Flux.deferContextual(context -> {
            if (clock.halted()) {
                return Flux.never();
            }
            SendProgress.in(context).ifPresent(SendProgress::sent);
            int number = ++numbers;
            String query = request.url().getRawQuery();
            String name = "#" + number + " " + request.url().getRawPath() + (query == null ? "" : "?" + query);
            trace.add(clock.now(), "send " + name);
            manners.sent(name, clock.now());
            clock.schedule(() -> manners.judgeOpen(clock.now()));
            AtomicBoolean over = new AtomicBoolean();
            return answered(request, name, Glimpse.in(context))
                    .doOnTerminate(() -> over(over))
                    .doOnError(failure -> trace.add(
                            clock.now(),
                            "broken " + name + " " + failure.getClass().getSimpleName()))
                    .doOnCancel(() -> over(over));
        });
    }

    private void over(AtomicBoolean told) {
        if (told.compareAndSet(false, true)) {
            manners.over();
        }
    }

    private Flux<ResponsePart> answered(ApiRequest request, String name, Optional<Glimpse> glimpse) {
        Blow blow = fate.on(Operation.REQUEST);
        if (blow == Blow.HALT) {
            clock.halt();
            return Flux.never();
        } else if (blow == Blow.HANG) {
            return late(DEADLINE.toNanos()).thenMany(Flux.error(Spoiler.timeout(request)));
        }
        truth.reach(serverTime());
        Answer answer = endpoints.answer(request);
        answer.headers.put("Date", Spoiler.date(serverTime()));
        answer.pieces = fate.pieces(answer.body.length);
        if (blow == Blow.FAIL) {
            answer.refused = Spoiler.cut(request);
        }
        fate.answer(clock.now()).ifPresent(how -> {
            trace.add(clock.now(), how + " for " + name);
            spoiler.spoil(answer, how, request, serverTime());
        });
        Flux<ResponsePart> parts = parts(request, answer, name);
        return glimpse.isEmpty() || answer.status >= 300
                ? parts
                : parts.concatMap(part -> shown(part, glimpse.get(), answer), 0);
    }

    private Mono<Long> late(long nanos) {
        return nanos == 0 ? Mono.just(0L) : Mono.delay(Duration.ofNanos(nanos), clock);
    }

    private Flux<ResponsePart> parts(ApiRequest request, Answer answer, String name) {
        Head head = new Head(answer.status, Headers.of(answer.headers), name);
        Mono<ResponsePart> first = late(NEAREST + answer.late + fate.delay(Operation.REQUEST))
                .flatMap(late -> {
                    if (answer.refused != null) {
                        return Mono.error(answer.refused);
                    }
                    trace.add(clock.now(), "head " + answer.status + " of " + name);
                    if ("0".equals(answer.headers.get("X-RateLimit-Remaining"))) {
                        manners.asked(clock.now(), seconds(answer, "X-RateLimit-Reset"));
                    }
                    return Mono.just(head);
                });
        int whole = answer.brokenOff == null ? Math.min(answer.pieces, Math.max(1, answer.body.length)) : answer.whole;
        Flux<ResponsePart> body = Flux.range(0, whole).concatMap(i -> piece(request, answer, i), 0);
        return first.concatWith(body).concatWith(Mono.defer(() -> rest(answer)));
    }

    /** Half of a body has come behind its head; the rest, or that it breaks off, comes later. */
    private static Flux<ResponsePart> shown(ResponsePart part, Glimpse glimpse, Answer answer) {
        return Flux.just(part).concatWith(Mono.fromRunnable(() -> show(glimpse, part, answer)));
    }

    private static void show(Glimpse glimpse, ResponsePart part, Answer answer) {
        if (part instanceof Head head && glimpse.begins(head) && answer.body.length > 1) {
            glimpse.sees(answer.body, answer.body.length / 2);
        }
    }

    private static Duration seconds(Answer answer, String header) {
        return Duration.ofSeconds(Long.parseLong(answer.headers.getOrDefault(header, "0")));
    }

    private Mono<ResponsePart> rest(Answer answer) {
        return answer.brokenOff == null ? Mono.empty() : late(answer.stalled).then(Mono.error(answer.brokenOff));
    }

    private Mono<ResponsePart> piece(ApiRequest request, Answer answer, int i) {
        return Mono.defer(() -> {
            Blow blow = fate.on(Operation.BODY);
            if (blow == Blow.HALT) {
                clock.halt();
                return Mono.never();
            } else if (blow != Blow.NOTHING) {
                boolean stalls = blow == Blow.HANG;
                return late(stalls ? DEADLINE.toNanos() : fate.delay(Operation.BODY))
                        .then(Mono.error(stalls ? Spoiler.timeout(request) : Spoiler.cut(request)));
            }
            return late(fate.delay(Operation.BODY)).map(late -> chunk(answer, i));
        });
    }

    private ResponsePart chunk(Answer answer, int i) {
        int length = answer.body.length;
        int pieces = Math.min(answer.pieces, Math.max(1, length));
        byte[] bytes = Arrays.copyOfRange(
                answer.body, (int) ((long) length * i / pieces), (int) ((long) length * (i + 1) / pieces));
        boolean last = i == pieces - 1;
        if (last && answer.headers.containsKey("Retry-After")) {
            manners.asked(clock.now(), askedFor(answer));
        }
        return new Chunk(bytes, last);
    }

    /** A date is compared with the date of the answer, which has whole seconds, so both lose the same fraction. */
    private static Duration askedFor(Answer answer) {
        String asked = answer.headers.getOrDefault("Retry-After", "0");
        return Character.isDigit(asked.charAt(0))
                ? Duration.ofSeconds(Long.parseLong(asked))
                : Duration.between(HttpDate.of(answer.headers.getOrDefault("Date", "")), HttpDate.of(asked));
    }

    /** Reads what {@link Spoiler#date} wrote. */
    private static final class HttpDate {
        static Instant of(String text) {
            return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        }
    }

    @Override
    public void close() {
        trace.add(clock.now(), "transport closed");
    }
}
