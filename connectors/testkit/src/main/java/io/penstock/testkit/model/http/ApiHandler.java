package io.penstock.testkit.model.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.penstock.testkit.model.data.Dataset;
import io.penstock.testkit.model.endpoint.Call;
import io.penstock.testkit.model.endpoint.Pages;
import io.penstock.testkit.model.endpoint.Problem;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.endpoint.Routes;
import io.penstock.testkit.model.guard.Access;
import io.penstock.testkit.model.guard.Fault;
import io.penstock.testkit.model.guard.RateGate.Verdict;
import io.penstock.testkit.model.guard.Stats;
import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Played;
import io.penstock.testkit.model.record.Bytes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The way of every request: count it, know who asks, admit it, answer it, wait, send it or spoil it.
 *
 * <p>Safe for concurrent use; never blocks an event loop.
 */
public final class ApiHandler implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

    private static final int MAX_BODY = 1 << 20;
    private static final String SLOW_STREAM = "documents";
    private static final int SLOWER = 3;
    private static final Reply SIGN_IN = Reply.html(200, "Please sign in");

    private final Settings settings;
    private final IntSupplier revision;
    private final Stats stats = new Stats();
    private final Routes routes;
    private final MetaEndpoints meta;
    private final Sender sender;
    private final RawScript script;
    private final Tags tags;

    /**
     * A handler over one data set.
     *
     * @param revision the current revision, asked once per request
     */
    public ApiHandler(Dataset data, Settings settings, IntSupplier revision) {
        Pages pages = new Pages(data, settings.worker());
        this.settings = settings;
        this.revision = revision;
        this.routes = new Routes(pages);
        this.meta = new MetaEndpoints(pages, stats, settings.gate());
        this.sender = new Sender(settings.scheduler());
        this.script = new RawScript(settings.scheduler());
        this.tags = new Tags(data);
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        if (!Routes.data(path)) {
            return answered(Mono.defer(() -> signIn(path) ? Mono.just(SIGN_IN) : meta.answer(call(request))))
                    .flatMap(reply -> sender.send(response, reply, null));
        }
        String stream = routes.stream(path);
        return Mono.defer(() -> {
                    stats.begun(stream);
                    return data(stream, request, response);
                })
                .doFinally(end -> stats.ended());
    }

    private boolean signIn(String path) {
        return settings.hostility() != null && path.equals(Hostile.LOGIN);
    }

    private Call call(HttpServerRequest request) {
        return call(request, request.uri());
    }

    private Call call(HttpServerRequest request, String uri) {
        String host = request.requestHeaders().get(HttpHeaderNames.HOST);
        return Call.of(request.method().name(), uri, host, revision.getAsInt());
    }

    private Mono<Void> data(String stream, HttpServerRequest request, HttpServerResponse response) {
        String credential = credential(request);
        if (credential == null) {
            Problem refused = new Problem(
                    401, "unauthorized", "send X-Api-Key: demo-key, a bearer demo-token, or Basic demo:demo-password");
            Reply reply = refused.reply().with("WWW-Authenticate", Access.CHALLENGE);
            return delayed(stream, Mono.just(reply)).flatMap(late -> sender.send(response, late, null));
        }
        Verdict verdict = settings.gate().admit(credential, settings.scheduler().now(TimeUnit.NANOSECONDS));
        if (!verdict.admitted()) {
            Reply reply = limits(
                            new Problem(
                                            429,
                                            "rate_limited",
                                            "over " + settings.gate().policy())
                                    .reply(),
                            verdict)
                    .with("Retry-After", String.valueOf(verdict.seconds()));
            stats.sent429();
            return delayed(stream, Mono.just(reply)).flatMap(late -> sender.send(response, late, null));
        }
        return admitted(stream, verdict, request, response);
    }

    private Mono<Void> admitted(
            String stream, Verdict verdict, HttpServerRequest request, HttpServerResponse response) {
        return body(request)
                .map(body -> call(request, asked(request.uri())).with(body))
                .flatMap(call -> {
                    Fault fault = fault(call, request.uri());
                    Mono<Reply> reply = answered(
                            tags.checked(call, request, () -> routes.of(call).answer(call)));
                    return delayed(stream, reply).flatMap(answer -> {
                        Played played = played(stream, call, request.uri(), answer);
                        if (played instanceof Played.Raw raw) {
                            return script.send(response, raw);
                        }
                        Reply whole = played instanceof Played.Whole other ? other.reply() : answer;
                        Reply spoilt = limits(Sender.spoil(whole, fault), verdict);
                        if (spoilt.status() == 429) {
                            stats.sent429();
                        }
                        return sender.send(response, spoilt, fault);
                    });
                })
                .onErrorResume(Problem.class, problem -> sender.send(response, problem.reply(), null));
    }

    private String asked(String uri) {
        return settings.hostility() == null ? uri : settings.hostility().asked(uri);
    }

    private @Nullable Fault fault(Call call, String uri) {
        if (settings.faults() == null || !call.reads()) {
            return null;
        }
        Fault fault = settings.faults().next(call.fingerprint(uri));
        if (fault != null) {
            stats.injected(fault.faultName());
        }
        return fault;
    }

    private @Nullable Played played(String stream, Call call, String uri, Reply answer) {
        if (settings.hostility() == null || !call.reads()) {
            return null;
        }
        Played played = settings.hostility().next(stream, call, uri, answer);
        if (played != null) {
            stats.injected(settings.hostility().name());
        }
        return played;
    }

    private static Mono<Reply> answered(Mono<Reply> reply) {
        return reply.onErrorResume(Problem.class, problem -> Mono.just(problem.reply()));
    }

    private Mono<Reply> delayed(String stream, Mono<Reply> reply) {
        if (settings.latency().isZero()) {
            return reply;
        }
        Duration latency = settings.latency().multipliedBy(stream.equals(SLOW_STREAM) ? SLOWER : 1);
        return reply.delayElement(latency, settings.scheduler());
    }

    private Reply limits(Reply reply, Verdict verdict) {
        return settings.gate().limited()
                ? reply.with("RateLimit-Policy", settings.gate().policy())
                        .with("RateLimit", "\"default\";r=" + verdict.remaining() + ";t=" + verdict.seconds())
                : reply;
    }

    private @Nullable String credential(HttpServerRequest request) {
        String uri = request.uri();
        String query = uri.contains("api_key=") ? call(request).query().text("api_key") : null;
        return Access.credential(
                request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION),
                request.requestHeaders().get("X-Api-Key"),
                query);
    }

    private static Mono<Bytes> body(HttpServerRequest request) {
        if (request.method().name().equals("GET")) {
            return Mono.just(new Bytes(0));
        }
        return request.receive().asByteArray().reduceWith(() -> new Bytes(512), (body, part) -> {
            if (body.length() + part.length > MAX_BODY) {
                throw new Problem(413, "body_too_large", "the body may have " + MAX_BODY + " bytes at most");
            }
            return body.raw(part);
        });
    }
}
