package io.penstock.cli.login;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.penstock.auth.Login;
import io.penstock.auth.Login.Visit;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadConfig.ConfigError;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Waits on this machine for the browser that comes back from a login (RFC 8252, section 7.3).
 *
 * <p>It listens on 127.0.0.1 only, for 5 minutes, and takes one answer: the one that bears the state of its login. Whatever else
 * comes is turned away and changes nothing.
 */
public final class CodeListener {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final String PATH = "/callback";
    private static final String LOCAL = "127.0.0.1";

    private final Login login;
    private final int port;
    private final Scheduler timer;
    private final Sinks.One<Boolean> end = Sinks.one();

    /**
     * A listener for one login.
     *
     * @param port 0 for any that is free
     */
    public CodeListener(Login login, int port, Scheduler timer) {
        this.login = login;
        this.port = port;
        this.timer = timer;
    }

    /**
     * Listens until access is granted and the credential is kept.
     *
     * @param open told the URL that the person is to open
     * @return errors with {@link AuthError} if it is denied or nobody comes in time
     */
    public Mono<Void> run(Consumer<URI> open) {
        Sinks.One<Visit> visit = Sinks.one();
        return Mono.usingWhen(
                bound(visit),
                server -> begun(server, visit, open).then(end.asMono()).then(),
                server -> Mono.fromRunnable(server::dispose).then(server.onDispose()));
    }

    private Mono<DisposableServer> bound(Sinks.One<Visit> visit) {
        return HttpServer.create()
                .host(LOCAL)
                .port(port)
                .handle((request, response) -> visit.asMono().flatMap(known -> answer(known, request, response)))
                .bind()
                .cast(DisposableServer.class)
                .onErrorMap(taken ->
                        new ConfigError("port " + port + " of this machine is taken: choose another by --port", taken));
    }

    private Mono<Void> begun(DisposableServer server, Sinks.One<Visit> visit, Consumer<URI> open) {
        URI redirect = URI.create("http://" + LOCAL + ":" + server.port() + PATH);
        return login.browser(redirect)
                .doOnNext(known -> {
                    visit.tryEmitValue(known);
                    open.accept(known.url());
                })
                .then(Mono.delay(LIFE, timer)
                        .doOnNext(late -> end.tryEmitError(
                                new AuthError("nobody logged in within " + LIFE.toMinutes() + " minutes: begin again")))
                        .takeUntilOther(end.asMono().onErrorComplete().then(Mono.just(true)))
                        .then());
    }

    private Mono<Void> answer(Visit visit, HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        Map<String, String> once = new LinkedHashMap<>();
        query.parameters().forEach((name, values) -> {
            if (values.size() == 1) {
                once.put(name, values.get(0)); // a parameter that comes twice is none (RFC 6749, section 3.1)
            }
        });
        if (!query.path().equals(PATH) || !request.method().name().equals("GET") || !visit.answeredBy(once)) {
            return page(response, 404, List.of("There is nothing here."));
        }
        return visit.finish(once)
                .then(Mono.defer(() -> page(response, 200, List.of("Access is granted.", "You can close this page."))))
                .doOnSuccess(done -> end.tryEmitValue(true))
                .onErrorResume(failure -> page(response, 400, List.of("Access is not granted.", "See the terminal."))
                        .doFinally(sent -> end.tryEmitError(failure)));
    }

    private static Mono<Void> page(HttpServerResponse response, int status, List<String> lines) {
        Publisher<String> text = Mono.just(
                "<!doctype html><meta charset=\"utf-8\"><title>Penstock</title><p>" + String.join("<p>", lines));
        return response.status(status)
                .header("Content-Type", "text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", "default-src 'none'")
                .header("Referrer-Policy", "no-referrer")
                .keepAlive(false)
                .sendString(text)
                .then();
    }
}
