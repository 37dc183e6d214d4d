package io.penstock.testkit.model.guard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was asked and what was done about it. Safe for concurrent use. */
public final class Stats {

    private long requests;
    private long refused;
    private int inFlight;
    private int maxInFlight;
    private final Map<String, Long> byStream = new TreeMap<>();
    private final Map<String, Long> faults = new TreeMap<>();

    /** Nothing counted yet. */
    public Stats() {}

    /** A data request has come for a stream. */
    public synchronized void begun(String stream) {
        requests++;
        maxInFlight = Math.max(maxInFlight, ++inFlight);
        byStream.merge(stream, 1L, Long::sum);
    }

    /** It was answered, or its connection is gone. */
    public synchronized void ended() {
        inFlight--;
    }

    /** A 429 is sent, by the limiter or as a fault. */
    public synchronized void sent429() {
        refused++;
    }

    /** A fault or misbehaviour of that name strikes. */
    public synchronized void injected(String fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    /** Starts counting anew; requests in flight stay in flight. */
    public synchronized void reset() {
        requests = 0;
        refused = 0;
        maxInFlight = inFlight;
        byStream.clear();
        faults.clear();
    }

    /**
     * Everything counted, in the form of the {@code /_stats} answer.
     *
     * @param maxInWindow the limiter's own count of what it admitted
     * @param maxAskedInWindow the same of all that it was asked
     */
    public synchronized Map<String, Object> snapshot(int maxInWindow, int maxAskedInWindow) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("requests", requests);
        all.put("sent_429", refused);
        all.put("faults", new TreeMap<>(faults));
        all.put("in_flight", inFlight);
        all.put("max_in_flight", maxInFlight);
        all.put("max_in_window", maxInWindow);
        all.put("max_asked_in_window", maxAskedInWindow);
        all.put("by_stream", new TreeMap<>(byStream));
        return Collections.unmodifiableMap(all);
    }
}
