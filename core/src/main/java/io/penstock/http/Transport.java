package io.penstock.http;

import io.penstock.http.outbound.Outbound;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import reactor.core.publisher.Flux;

/**
 * Sends one request once: no retry, no redirect, no credential, no limit.
 *
 * <p>Safe for concurrent use.
 */
public interface Transport extends AutoCloseable {

    /**
     * Sends {@code request} when subscribed to, each subscription anew.
     *
     * <p>Emits one {@link ResponsePart.Head}, then chunks up to one marked {@code last}. A body up to the page buffer is held
     * until framing, decompression and length are proven, and comes as one chunk; a larger one comes in chunks of at most
     * 512 KiB while it arrives, and the socket is read no faster than they are asked for. Cancelling closes the connection.
     *
     * @return errors only with a {@link io.penstock.error.PenstockException}: network, truncation, protocol, limits, trust;
     *     never because of the status
     */
    Flux<ResponsePart> send(ApiRequest request);

    /**
     * This transport kept to other rules of what may be reached; it shares the connections' pool, and closing it closes nothing.
     *
     * <p>A transport that cannot keep to rules refuses them instead of passing them over.
     *
     * @throws UnsupportedOperationException if this transport knows no rules and {@code outbound} has some for connections
     */
    default Transport with(Outbound outbound) {
        if (outbound.plain()) {
            return this;
        }
        throw new UnsupportedOperationException(
                getClass().getSimpleName() + " cannot keep to outbound rules: override Transport.with(Outbound)");
    }

    /**
     * A transport with other deadlines for answers that shares this one's connections; closing it closes nothing. By default
     * this same one, which then has no deadlines.
     */
    default Transport within(Timeouts timeouts) {
        return this;
    }

    /**
     * A transport with other limits for bodies that shares this one's connections; closing it closes nothing. By default this
     * same one, which then has no limits.
     */
    default Transport within(HttpLimits limits) {
        return this;
    }

    /** Closes the pool; idempotent, never blocks. */
    @Override
    void close();
}
