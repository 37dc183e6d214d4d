package io.penstock.rate;

import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.ByteStore;
import io.penstock.store.ByteStore.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Keeps what a budget spends of its long limits where a restart finds it, whatever ended the run.
 *
 * <p>Nothing is granted that is not stored as spent: a hundredth of the quota at a time is stored ahead, in the piece of the
 * window it will be granted in, and counts as spent after a crash. The first line is the format's name; then a line for each
 * limit: {@code 5000/d 1700000100000:37 ...}, the ends of pieces of time in epoch milliseconds and what was spent by then.
 *
 * <p>Guarded by the budget's lock but for the store, which is asked outside of it.
 */
final class SavedQuota {

    /** A shorter window is over before a restart could exceed it by much: it starts from nothing. */
    static final Duration SHORTEST = Duration.ofHours(1);

    private static final String FORMAT = "penstock quota 1";

    private final ByteStore store;
    private final String name;
    private final long wallAtZero;
    private final Map<RateLimit, SpentHistory> histories = new LinkedHashMap<>();
    private final List<RateLimit> toLoad = new ArrayList<>();
    private long revision;
    private long reserved;
    private long reservedUntil;
    private boolean wanted;
    private boolean busy;
    private boolean loading;
    private long nextReserved;
    private long nextReservedUntil;

    /** @param now the budget's monotonic nanoseconds at this moment */
    SavedQuota(ByteStore store, String name, Clock clock, long now) {
        this.store = store;
        this.name = name;
        this.wallAtZero = clock.millis() - Duration.ofNanos(now).toMillis();
    }

    private long wall(long now) {
        return wallAtZero + Duration.ofNanos(now).toMillis();
    }

    /** From now on {@code limits} are kept as well, as far as they are long enough. */
    void keep(List<RateLimit> limits, long now, long granted) {
        for (RateLimit limit : limits) {
            if (limit.window().compareTo(SHORTEST) >= 0 && !histories.containsKey(limit)) {
                SpentHistory history = new SpentHistory(limit);
                if (granted > 0) {
                    history.add(wall(now), granted);
                }
                histories.put(limit, history);
                toLoad.add(limit);
            }
        }
    }

    /** Whether there is a limit long enough to be kept. */
    boolean keepsAny() {
        return !histories.isEmpty();
    }

    /** Whether {@code cost} more is stored as spent already; if not, or if soon not, it will be {@link #next asked} to be. */
    boolean covers(long now, long granted, int cost) {
        if (histories.isEmpty()) {
            return true;
        }
        boolean covered = toLoad.isEmpty() && granted + cost <= reserved && wall(now) < reservedUntil;
        wanted |= !covered || reserved - granted - cost < ahead() / 2;
        return covered;
    }

    /** How much is stored ahead. */
    private long ahead() {
        return histories.keySet().stream()
                .mapToLong(limit -> Math.max(1, limit.permits() / 100))
                .min()
                .orElse(1);
    }

    void spent(long now, long cost) {
        histories.values().forEach(history -> history.add(wall(now), cost));
    }

    /** The next thing to ask the store, if one is wanted and none is under way; then {@link #done} MUST be called. */
    Optional<Mono<Stored>> next(long now, long granted, long cost) {
        if (!wanted || busy) {
            return Optional.empty();
        }
        busy = true;
        wanted = false;
        loading = !toLoad.isEmpty();
        return Optional.of(
                loading
                        ? store.read(name).defaultIfEmpty(new Stored(0, new byte[0]))
                        : store.replace(name, revision, text(now, granted, ahead() + cost))
                                .map(stored -> new Stored(stored, new byte[0])));
    }

    private byte[] text(long now, long granted, long reserve) {
        StringBuilder text = new StringBuilder(FORMAT);
        nextReserved = granted + reserve;
        nextReservedUntil = Long.MAX_VALUE;
        for (Map.Entry<RateLimit, SpentHistory> kept : histories.entrySet()) {
            text.append('\n')
                    .append(written(kept.getKey()))
                    .append(kept.getValue().text(wall(now), reserve));
            nextReservedUntil = Math.min(nextReservedUntil, kept.getValue().end(wall(now)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Without the burst, which says nothing of what was spent. */
    private static RateLimit written(RateLimit limit) {
        return RateLimit.of(limit.permits(), limit.window());
    }

    void done() {
        busy = false;
    }

    /** Takes in what the store said. */
    void take(Stored stored, Ledger ledger, long now) {
        revision = stored.revision();
        if (!loading) {
            reserved = nextReserved;
            reservedUntil = nextReservedUntil;
            return;
        }
        try {
            Map<RateLimit, String> lines = lines(stored);
            for (RateLimit limit : toLoad) {
                line(limit, lines).ifPresent(line -> restore(limit, line, ledger, now));
            }
        } catch (RuntimeException unreadable) {
            throw new StateCorrupt(
                    "expected the stored quota " + name + " to read '" + FORMAT
                            + "' and a line for each limit, found something else; delete it to start from an unspent quota",
                    unreadable);
        }
        toLoad.clear();
        wanted = true;
    }

    /** What was stored of this limit or, if it is new, of the one with the longest window. */
    private static Optional<String> line(RateLimit limit, Map<RateLimit, String> lines) {
        return lines.entrySet().stream()
                .max(Comparator.comparing((Map.Entry<RateLimit, String> line) ->
                                line.getKey().window().equals(limit.window()))
                        .thenComparing(line -> line.getKey().window()))
                .map(Map.Entry::getValue);
    }

    private void restore(RateLimit limit, String pieces, Ledger ledger, long now) {
        long wall = wall(now);
        for (String piece : pieces.trim().split(" ", -1)) {
            int colon = piece.indexOf(':');
            long end = Math.min(wall, Long.parseLong(piece.substring(0, colon)));
            long count = Long.parseLong(piece.substring(colon + 1));
            long age = wall - end;
            SpentHistory history = histories.get(limit);
            if (history != null && count > 0 && age < 2 * limit.window().toMillis()) {
                ledger.remember(limit, now - Duration.ofMillis(age).toNanos(), count);
                history.add(end - 1, count);
            }
        }
    }

    private static Map<RateLimit, String> lines(Stored stored) {
        Map<RateLimit, String> lines = new LinkedHashMap<>();
        if (stored.revision() > 0) {
            String[] text = new String(stored.bytes(), StandardCharsets.UTF_8).split("\n", -1);
            if (!text[0].equals(FORMAT)) {
                throw new IllegalArgumentException("it begins with something else");
            }
            for (int i = 1; i < text.length; i++) {
                int space = text[i].indexOf(' ');
                lines.put(RateLimit.parse(text[i].substring(0, space)), text[i].substring(space));
            }
        }
        return lines;
    }

    /**
     * What was spent of one long limit, by the wall clock, in pieces of a 64th of its window.
     *
     * <p>All that was spent in a piece counts as spent at its end, never earlier than it was. Not thread-safe.
     */
    private static final class SpentHistory {

        private static final int PIECES = 64;

        private final long piece;
        private final Deque<long[]> spent = new ArrayDeque<>();

        SpentHistory(RateLimit limit) {
            piece = Math.max(1, limit.window().toMillis() / PIECES);
        }

        /** Less is spent if {@code cost} is negative, as far as there is something in this piece to take it from. */
        void add(long wallMillis, long cost) {
            long end = end(wallMillis);
            long[] last = spent.peekLast();
            if (last == null || last[0] < end) {
                last = new long[] {end, 0};
                spent.addLast(last);
            }
            last[1] = Math.max(0, last[1] + cost);
            while (spent.getFirst()[0] <= end - piece * (PIECES + 1)) {
                spent.removeFirst();
            }
        }

        /** When the piece ends that {@code wallMillis} is in. */
        long end(long wallMillis) {
            return (Math.floorDiv(wallMillis, piece) + 1) * piece;
        }

        /** The pieces as {@code end:count}, oldest first, and {@code reserve} more in the one of {@code wallMillis}. */
        String text(long wallMillis, long reserve) {
            add(wallMillis, 0);
            StringBuilder text = new StringBuilder();
            for (Iterator<long[]> pieces = spent.iterator(); pieces.hasNext(); ) {
                long[] next = pieces.next();
                long count = pieces.hasNext() ? next[1] : next[1] + reserve;
                text.append(' ').append(next[0]).append(':').append(count);
            }
            return text.toString();
        }
    }
}
