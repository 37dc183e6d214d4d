package io.penstock.rate;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * On whose behalf permits are asked for, so that streams which share a budget take turns.
 *
 * <p>It travels in the Reactor context, so that nobody between the runner and the budget needs to know of it. Without one, an
 * asker counts as {@link #ANYBODY}.
 *
 * @param stream askers of one stream are served in the order they came; different streams by turns
 * @param priority which streams come first
 */
public record Asker(String stream, Priority priority) {

    /** One without a name, of normal priority. */
    public static final Asker ANYBODY = new Asker("", Priority.NORMAL);

    /** The asker of a subscription. */
    public static Asker in(ContextView context) {
        return context.<Asker>getOrEmpty(Asker.class).orElse(ANYBODY);
    }

    /** {@code context} with this asker in it. */
    public Context into(Context context) {
        return context.put(Asker.class, this);
    }
}
