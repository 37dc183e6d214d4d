package io.penstock.message;

import io.penstock.message.ResponsePart.Head;
import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Is shown what has come of an answer before it has been proven whole; travels in the Reactor context of the subscription that
 * sends the request. Nothing that is seen here may be taken for true before the answer has ended well.
 *
 * <p>Called on the thread on which the answer comes, of good answers only; must return at once and not throw.
 */
public interface Glimpse {

    /**
     * The header section has come.
     *
     * @return whether to be shown the body too
     */
    boolean begins(Head head);

    /**
     * More of the body has come.
     *
     * @param soFar what has been received, from the first byte on, inflated; not to be kept or changed
     * @param length how many bytes of it are valid, more than at the call before
     * @return whether to be shown more
     */
    boolean sees(byte[] soFar, int length);

    /** Who is to be shown it, if anybody. */
    static Optional<Glimpse> in(ContextView context) {
        return context.getOrEmpty(Glimpse.class);
    }

    /** {@code context} with {@code shown} in it. */
    static Context into(Context context, Glimpse shown) {
        return context.put(Glimpse.class, shown);
    }
}
