package io.penstock.client.exchange;

import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A request that has leave to go, and goes when it is subscribed to.
 *
 * @see Sending
 */
final class Outgoing extends Flux<ResponsePart> {

    private final ApiRequest request;
    private final ApiRequest authorised;
    private final Trip trip;
    private final Way way;
    private final Exchange exchange;

    Outgoing(ApiRequest request, ApiRequest authorised, Trip trip, Way way, Exchange exchange) {
        this.request = request;
        this.authorised = authorised;
        this.trip = trip;
        this.way = way;
        this.exchange = exchange;
    }

    /** As the caller made it: the one that may be shown. */
    ApiRequest request() {
        return request;
    }

    /** With the credential on it. */
    ApiRequest authorised() {
        return authorised;
    }

    Trip trip() {
        return trip;
    }

    Way way() {
        return way;
    }

    Exchange exchange() {
        return exchange;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ResponsePart> actual) {
        Flux<ResponsePart> answer;
        Sending sending;
        try {
            sending = new Sending(this, actual);
            answer = way.tap().apply(exchange.terms().means().transport().send(authorised));
        } catch (RuntimeException refused) {
            way.hold().letGo();
            Operators.error(actual, refused);
            return;
        }
        answer.subscribe(sending);
    }
}
