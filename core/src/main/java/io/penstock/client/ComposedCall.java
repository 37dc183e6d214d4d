package io.penstock.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.page.Paging;
import java.io.IOException;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A request and the exchange it will go through. */
final class ComposedCall implements ApiCall {

    private final Exchange exchange;
    private final ApiRequest request;

    ComposedCall(Exchange exchange, ApiRequest request) {
        this.exchange = exchange;
        this.request = request;
    }

    @Override
    public ApiRequest request() {
        return request;
    }

    private ApiCall with(UnaryOperator<ApiRequest> change) {
        return new ComposedCall(exchange, change.apply(request));
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
    public ApiCall idempotencyKey(String key) {
        return with(r -> r.header("Idempotency-Key", key).idempotent());
    }

    @Override
    public ApiCall cost(int permits) {
        return with(r -> r.cost(permits));
    }

    @Override
    public Mono<ApiResponse> exchange() {
        return exchange.whole(request);
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
        return new ComposedPages(exchange, request, Walk.of(paging));
    }
}
