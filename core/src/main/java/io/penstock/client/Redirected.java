package io.penstock.client;

import io.penstock.message.ApiRequest;
import java.io.Serial;

/** A signal inside the exchange: the answer sends us on. Never leaves this package. */
final class Redirected extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ApiRequest next;

    Redirected(ApiRequest next) {
        super("redirected", null, false, false);
        this.next = next;
    }

    ApiRequest next() {
        return next;
    }
}
