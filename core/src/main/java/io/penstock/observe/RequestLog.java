package io.penstock.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The requests that a subscription has sent, for people who want to see them: a preview, a test.
 *
 * <p>It travels in the Reactor context; where there is none, nobody listens and nothing is kept. Keeps the first {@value #MOST}.
 * Safe for concurrent use.
 */
public final class RequestLog {

    /** How many requests are kept. */
    public static final int MOST = 1_000;

    /**
     * One try of one request; holds nothing that could be a secret.
     *
     * @param method such as {@code GET}
     * @param address scheme, host and path
     * @param query the names of the query's parameters, without their values
     * @param status of the answer; 0 if none came
     */
    public record Entry(String method, String address, List<String> query, int status) {

        /** Copies the names. */
        public Entry {
            query = List.copyOf(query);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** The log of a subscription, if it has one. */
    public static Optional<RequestLog> in(ContextView context) {
        return context.getOrEmpty(RequestLog.class);
    }

    /** {@code context} with this log in it. */
    public Context into(Context context) {
        return context.put(RequestLog.class, this);
    }

    /** One more try was sent, and this is how it ended. */
    public synchronized void sent(Entry entry) {
        if (entries.size() < MOST) {
            entries.add(entry);
        }
    }

    /** What was sent so far, in the order in which it ended. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
