package io.penstock.observe;

import io.penstock.error.SentRequest;
import io.penstock.message.ApiRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * The last {@value #KEPT} requests of a lane, for whoever has to find out what went wrong. Safe for concurrent use.
 *
 * <p>Writing is cheap, since most of it is never read: names and addresses are made when somebody asks.
 */
public final class Journal {

    /** How many requests are kept. */
    public static final int KEPT = 20;

    private final Scheduler timer;
    private final Queue<Note> notes = new ArrayDeque<>(KEPT);

    Journal(Scheduler timer) {
        this.timer = timer;
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    /**
     * One more try goes out; the note is to be told how it went on.
     *
     * @param request before credentials
     * @param attempt 1 for the first try
     * @param at wall-clock time
     */
    public Note sending(ApiRequest request, int attempt, Instant at) {
        Note note = new Note(request, attempt, at);
        synchronized (notes) {
            if (notes.size() == KEPT) {
                notes.remove();
            }
            notes.add(note);
        }
        return note;
    }

    /** What is kept, the newest last. */
    public List<SentRequest> entries() {
        synchronized (notes) {
            return notes.stream().map(Note::entry).toList();
        }
    }

    /** One try on its way. Safe for concurrent use. */
    public final class Note {

        private final ApiRequest request;
        private final int attempt;
        private final Instant at;
        private final long began = now();
        private long wire = began;
        private long headers;
        private long took = -1;
        private int status;
        private String requestId = "";

        private Note(ApiRequest request, int attempt, Instant at) {
            this.request = request.withoutBody(); // it may be large, and nobody is shown it
            this.attempt = attempt;
            this.at = at;
        }

        /** The request goes out: whatever it waited for here was not the server's fault. */
        public synchronized void onWire() {
            wire = now();
        }

        /** The header section has come. */
        public synchronized void answered(int code, String id) {
            status = code;
            requestId = id;
            headers = now() - wire;
        }

        /** It is over, well or not; the first word counts. */
        public synchronized void ended() {
            took = took < 0 ? now() - began : took;
        }

        /** How long the server took until its header section came; zero if none did. */
        public synchronized Duration waited() {
            return Duration.ofNanos(headers);
        }

        /** As it stands now. */
        public synchronized SentRequest entry() {
            Duration lasted = Duration.ofNanos(took < 0 ? now() - began : took);
            return new SentRequest(
                    request.method().name(),
                    request.address(),
                    request.queryNames(),
                    attempt,
                    requestId,
                    status,
                    at,
                    Duration.ofNanos(headers),
                    lasted);
        }
    }
}
