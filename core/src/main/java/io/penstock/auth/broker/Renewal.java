package io.penstock.auth.broker;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One way to another token. */
@FunctionalInterface
interface Renewal {

    /**
     * Another token than {@code worn}.
     *
     * @param worn what is to be replaced: null at first, or one that is due or refused
     * @param going run before the request goes out; from then on this must not be cancelled
     */
    Mono<Token> renew(@Nullable Token worn, Runnable going);
}
