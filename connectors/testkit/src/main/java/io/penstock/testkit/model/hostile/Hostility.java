package io.penstock.testkit.model.hostile;

import io.penstock.testkit.model.endpoint.Call;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.record.Draw;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One misbehaviour at work: decides which answers suffer.
 *
 * <p>Remembers, for each stream, the last {@value #REMEMBERED} pages asked for. Safe for concurrent use.
 */
public final class Hostility {

    private static final int REMEMBERED = 10_000;

    private final Misbehaviour misbehaviour;
    private final long seed;
    private final Map<String, Stream> streams = new HashMap<>();

    /** {@code misbehaviour}, striking as {@code seed} decides. */
    public Hostility(Misbehaviour misbehaviour, long seed) {
        this.misbehaviour = misbehaviour;
        this.seed = seed;
    }

    /** What is at work. */
    public String name() {
        return misbehaviour.name();
    }

    /** What is answered instead of {@code uri}, mostly just that. */
    public String asked(String uri) {
        return misbehaviour.play().asked(uri);
    }

    /** How many answers have suffered. */
    public synchronized long strikes() {
        return streams.values().stream().mapToLong(stream -> stream.hits).sum();
    }

    /**
     * What becomes of the next answer.
     *
     * @param stream whose page was asked for
     * @param uri the request's target as sent
     * @return empty-handed, null, where nothing does
     */
    public synchronized @Nullable Played next(String stream, Call call, String uri, Reply reply) {
        Stream at = streams.computeIfAbsent(stream, name -> new Stream(reply));
        int page = at.number(call.fingerprint(uri));
        if (!strikes(at, stream, page)) {
            return null;
        }
        Moment moment = new Moment(stream, call, uri, reply, at.first, at.hits + 1);
        Played played = misbehaviour.play().on(moment);
        if (played.equals(moment.asItIs())) {
            return null;
        }
        at.hits++;
        return played;
    }

    private boolean strikes(Stream at, String stream, int page) {
        return switch (misbehaviour.when()) {
            case EVERY -> true;
            case FROM_SECOND -> page >= 1;
            case ONCE -> at.hits == 0 && page >= 1 + Draw.scale(Draw.mix(seed, stream.hashCode(), 0), 2);
        };
    }

    /** What is known of one stream. */
    private static final class Stream {

        private final Reply first;
        private int hits;
        private int pages;
        private final Map<Long, Integer> numbers = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
                return size() > REMEMBERED;
            }
        };

        Stream(Reply first) {
            this.first = first;
        }

        int number(long page) {
            return numbers.computeIfAbsent(page, asked -> pages++);
        }
    }
}
