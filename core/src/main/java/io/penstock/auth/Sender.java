package io.penstock.auth;

import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import reactor.core.publisher.Mono;

/**
 * Sends the requests that credentials are made with: through the same retries, limits and deadlines as any other request, but
 * with a slot of their own, so that no request ever waits for one that holds its place.
 */
@FunctionalInterface
public interface Sender {

    /**
     * Sends {@code request} without any credential; {@link ApiRequest#verbatim()} to see refusals.
     *
     * @param going run before each try goes out
     * @return cold; errors only with a {@link io.penstock.error.PenstockException}
     */
    Mono<ApiResponse> send(ApiRequest request, Runnable going);
}
