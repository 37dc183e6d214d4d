package io.penstock.observe;

import io.penstock.error.SentRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The requests that a subscription has sent and what was told from their answers, for people who want to see it: a preview, a
 * test.
 *
 * <p>It travels in the Reactor context; where there is none, nobody listens and nothing is kept. Keeps the first {@value #MOST}.
 * Safe for concurrent use.
 */
public final class RequestLog {

    /** How many requests are kept. */
    public static final int MOST = 1_000;

    /**
     * A setting that a plan leaves out, as it was told from an answer.
     *
     * @param stream the stream's name
     * @param setting such as {@code paging}
     * @param value as a plan would write it
     * @param reason what in the answer says so
     */
    public record Finding(String stream, String setting, String value, String reason) {}

    private final List<SentRequest> entries = new ArrayList<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();

    /** The log of a subscription, if it has one. */
    public static Optional<RequestLog> in(ContextView context) {
        return context.getOrEmpty(RequestLog.class);
    }

    /** {@code context} with this log in it. */
    public Context into(Context context) {
        return context.put(RequestLog.class, this);
    }

    /** One more try was sent, and this is how it ended. */
    public synchronized void sent(SentRequest entry) {
        if (entries.size() < MOST) {
            entries.add(entry);
        }
    }

    /** A setting was told from an answer; what a later answer tells of the same setting counts more. */
    public synchronized void found(Finding finding) {
        findings.put(finding.stream() + " " + finding.setting(), finding);
    }

    /** What was told so far, each once. */
    public synchronized List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** What was sent so far, in the order in which it ended. */
    public synchronized List<SentRequest> entries() {
        return List.copyOf(entries);
    }
}
