package io.penstock.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.auth.Authenticator;
import io.penstock.client.exchange.Exchange;
import io.penstock.client.typed.Json;
import io.penstock.decode.format.Format;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A request and the exchange it will go through. */
final class ComposedCall implements ApiCall {

    private final Exchanges exchanges;
    private final Exchange exchange;
    private final Format plain;
    private final ApiRequest request;
    private final Asked asked;

    private ComposedCall(Exchanges exchanges, Exchange exchange, Format plain, ApiRequest request, Asked asked) {
        this.exchanges = exchanges;
        this.exchange = exchange;
        this.plain = plain;
        this.request = request;
        this.asked = asked;
    }

    /** @param plain how bodies are written, and how large they may be, unless somebody says otherwise */
    static ApiCall of(Exchanges exchanges, Exchange exchange, Format plain, ApiRequest request) {
        return new ComposedCall(
                exchanges,
                exchange,
                plain,
                request,
                new Asked(Optional.empty(), failure -> Mono.empty(), answer -> {}));
    }

    /** How its answer is waited for, and what is given where none comes. */
    private record Asked(Optional<Duration> hedge, Fallback fallback, Consumer<ApiResponse> judge) {}

    /** What to give instead of an answer. */
    private interface Fallback extends Function<PenstockException, Mono<ApiResponse>> {}

    @Override
    public ApiRequest request() {
        return request;
    }

    private ApiCall with(UnaryOperator<ApiRequest> change) {
        return new ComposedCall(exchanges, exchange, plain, change.apply(request), asked);
    }

    @Override
    public ApiCall auth(Authenticator credential) {
        return new ComposedCall(exchanges, exchanges.of(credential), plain, request, asked);
    }

    @Override
    public ApiCall query(String name, String value) {
        return with(r -> r.query(name, value));
    }

    @Override
    public ApiCall header(String name, String value) {
        return with(r -> r.header(name, value));
    }

    @Override
    public ApiCall json(Object value) {
        try {
            return body("application/json", Json.MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("the body cannot be written as JSON", unwritable);
        }
    }

    @Override
    public ApiCall body(String contentType, byte[] bytes) {
        return with(r -> r.body(contentType, bytes));
    }

    @Override
    public ApiCall idempotent() {
        return with(ApiRequest::idempotent);
    }

    @Override
    public ApiCall verbatim() {
        return with(ApiRequest::verbatim);
    }

    @Override
    public ApiCall idempotencyKey(String key) {
        return with(r -> r.header("Idempotency-Key", key).idempotent());
    }

    @Override
    public ApiCall cost(int permits) {
        return with(r -> r.cost(permits));
    }

    @Override
    public Mono<ApiResponse> exchange() {
        if (asked.hedge().isPresent() && !request.sending().idempotent()) {
            return Mono.error(
                    new ConfigError(
                            request
                                    + " cannot be hedged, since it may not be sent twice: declare it idempotent(), or leave out hedge"));
        }
        return exchange.whole(request, asked.hedge(), asked.judge())
                .onErrorResume(
                        PenstockException.class,
                        failure -> asked.fallback().apply(failure).switchIfEmpty(Mono.error(failure)));
    }

    @Override
    public ApiCall hedge(Duration after) {
        if (after.isNegative() || after.isZero()) {
            throw new IllegalArgumentException("a hedge comes after more than no time, but was " + after);
        }
        return new ComposedCall(
                exchanges, exchange, plain, request, new Asked(Optional.of(after), asked.fallback(), asked.judge()));
    }

    @Override
    public ApiCall fallback(Function<PenstockException, Mono<ApiResponse>> instead) {
        return new ComposedCall(
                exchanges, exchange, plain, request, new Asked(asked.hedge(), instead::apply, asked.judge()));
    }

    @Override
    public ApiCall judged(Consumer<ApiResponse> judge) {
        Asked stricter =
                new Asked(asked.hedge(), asked.fallback(), asked.judge().andThen(judge));
        return new ComposedCall(exchanges, exchange, plain, request, stricter);
    }

    @Override
    public <T> Mono<T> as(Class<T> type) {
        return exchange().map(response -> read(response, type));
    }

    private <T> T read(ApiResponse response, Class<T> type) {
        try {
            return Json.MAPPER.readValue(response.body(), type);
        } catch (IOException unfit) {
            throw new MalformedPayload("the answer to " + request + " cannot be read as " + type.getSimpleName() + ": "
                    + Json.reason(unfit));
        }
    }

    @Override
    public Pages pages(Paging paging) {
        return new ComposedPages(exchange, request, Walk.of(paging), plain, true);
    }
}
