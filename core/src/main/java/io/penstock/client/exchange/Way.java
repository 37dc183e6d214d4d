package io.penstock.client.exchange;

import io.penstock.breaker.CircuitBreaker;
import io.penstock.message.ResponsePart;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * What one hop passes on its way out, and what it has with it.
 *
 * @param breaker spares the server it goes to
 * @param hops those that came before it
 * @param hold what it holds
 * @param tap is put around its answer as it comes
 */
record Way(CircuitBreaker breaker, Hops hops, Hold hold, UnaryOperator<Flux<ResponsePart>> tap) {}
