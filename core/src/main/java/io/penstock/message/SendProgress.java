package io.penstock.message;

import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Is told how far the sending of one request has come; travels in the Reactor context of the subscription that sends it.
 *
 * <p>Told on whatever thread it happens; must return at once and not throw.
 */
public interface SendProgress {

    /** The request waits for a connection, a kept one or a new one. */
    void connecting();

    /** The request goes out. */
    void sent();

    /** Who is to be told, if anybody. */
    static Optional<SendProgress> in(ContextView context) {
        return context.getOrEmpty(SendProgress.class);
    }

    /** {@code context} with {@code told} in it. */
    static Context into(Context context, SendProgress told) {
        return context.put(SendProgress.class, told);
    }
}
