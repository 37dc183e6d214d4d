package io.penstock.checks.bench;

import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Reactor Netty by itself: no limit, no retry, no proof, no record. */
final class BareNetty {

    private final HttpClient client;

    BareNetty(String base, int lanes) {
        client = HttpClient.create(ConnectionProvider.create("bare", lanes)).baseUrl(base);
    }

    /** Reads {@code pages} of each lane, one after the other, the lanes side by side. */
    Flux<Long> read(int lanes, int pages, boolean keep) {
        return Flux.range(0, lanes)
                .flatMap(
                        lane -> Flux.range(0, pages)
                                .concatMap(page -> page(page, pages, keep), 1)
                                .reduce(0L, Long::sum),
                        lanes);
    }

    private Mono<Long> page(int page, int of, boolean keep) {
        HttpClient.ResponseReceiver<?> get = client.get().uri("/pages?cursor=" + page + "&of=" + of);
        return keep
                ? get.responseSingle((head, body) -> body.asByteArray().map(bytes -> (long) bytes.length))
                : get.responseContent()
                        .map(ByteBuf::readableBytes)
                        .map(Integer::longValue)
                        .reduce(0L, Long::sum);
    }
}
