package io.penstock.testkit.model.endpoint;

import reactor.core.publisher.Mono;

/** Answers the requests for one path. Stateless or safe for concurrent use. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers one request; nothing happens before subscription that another request could see.
     *
     * @return one reply, or a {@link Problem}
     */
    Mono<Reply> answer(Call call);
}
