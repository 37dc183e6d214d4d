package io.penstock.rate.hint;

import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.rate.Permits.Permit;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Reads from an answer what its request has cost, where the request alone does not tell.
 *
 * <p>Called on the thread the answer arrives on: it MUST NOT block. Empty leaves the cost at what was asked for.
 */
@FunctionalInterface
public interface CostReader {

    /** Every request has cost what was asked for. */
    CostReader NONE = (headers, body) -> OptionalInt.empty();

    /**
     * The cost, 0 or more.
     *
     * @param body the whole body, inflated, not to be changed; empty if it was larger than the page buffer
     */
    OptionalInt cost(Headers headers, byte[] body);

    /**
     * Reads a whole number at a JSON pointer (RFC 6901) of the body, such as {@code /data/rateLimit/cost} (GitHub) or
     * {@code /extensions/cost/actualQueryCost} (Shopify); decimals are rounded up.
     *
     * @throws IllegalArgumentException if {@code pointer} is none
     */
    static CostReader at(String pointer) {
        return new JsonCost(pointer);
    }

    /** Reads a whole number from a response field. */
    static CostReader header(String name) {
        return (headers, body) -> headers.first(name).map(JsonCost::whole).orElse(OptionalInt.empty());
    }

    /** {@code parts} as they come; tells {@code permit} what the request has cost as soon as the answer tells. */
    default Flux<ResponsePart> settle(Permit permit, Flux<ResponsePart> parts) {
        if (this == NONE) {
            return parts;
        }
        return Flux.defer(() -> {
            @Nullable Head[] head = new Head[1];
            return parts.doOnNext(part -> {
                if (part instanceof Head first) {
                    head[0] = first;
                } else if (part instanceof Chunk chunk && head[0] != null) {
                    cost(head[0].headers(), chunk.last() ? chunk.bytes() : new byte[0])
                            .ifPresent(permit::settle);
                    head[0] = null; // a body in pieces is settled by its headers or not at all
                }
            });
        });
    }
}
