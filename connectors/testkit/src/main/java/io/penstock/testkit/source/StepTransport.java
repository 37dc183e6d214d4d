package io.penstock.testkit.source;

import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;

/**
 * Counts what is sent, and holds whoever sends until the whole answer is there: what a subscription or a request sets off has
 * happened when the call returns.
 */
final class StepTransport implements Transport {

    private final Transport transport;
    private final AtomicLong requests = new AtomicLong();

    StepTransport(Transport transport) {
        this.transport = transport;
    }

    long requests() {
        return requests.get();
    }

    @Override
    public Flux<ResponsePart> send(ApiRequest request) {
        return Flux.defer(() -> {
            requests.incrementAndGet();
            return Flux.fromIterable(Objects.requireNonNull(
                    transport.send(request).collectList().block(SourceContract.LIMIT), "a list is never null"));
        });
    }

    @Override
    public void close() {
        transport.close();
    }
}
