package io.penstock.client;

import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Answers from a function, remembers what was sent, and counts what is under way. */
final class ScriptedTransport implements Transport {

    final List<ApiRequest> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final Function<ApiRequest, Publisher<ResponsePart>> script;

    ScriptedTransport(Function<ApiRequest, Publisher<ResponsePart>> script) {
        this.script = script;
    }

    /** A whole answer. */
    static Flux<ResponsePart> answer(int status, Map<String, String> headers, String body) {
        return Flux.just(
                new Head(status, Headers.of(headers), "request-id"),
                new Chunk(body.getBytes(StandardCharsets.UTF_8), true));
    }

    /** A JSON document of status 200. */
    static Flux<ResponsePart> json(String body) {
        return answer(200, Map.of("Content-Type", "application/json"), body);
    }

    @Override
    public Flux<ResponsePart> send(ApiRequest request) {
        return Flux.defer(() -> {
            sent.add(request);
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            return Flux.from(script.apply(request)).doFinally(end -> underWay.decrementAndGet());
        });
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
