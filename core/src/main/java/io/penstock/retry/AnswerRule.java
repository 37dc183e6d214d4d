package io.penstock.retry;

import io.penstock.message.Headers;
import io.penstock.record.Pointer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What an answer means at one API, where it means something else than HTTP says: a throttle told by 403, an error inside a 200, a
 * header that says whether to try again.
 *
 * <p>All that a rule names must hold. Rules are asked in their order, before anything else is made of the answer; the first that
 * holds decides. 401, 403 and 407 never become plain repeats: such a rule does not hold for them. Immutable and safe for
 * concurrent use.
 *
 * <pre>{@code
 * AnswerRule.status(403).header("X-RateLimit-Remaining", "0").throttle()
 * AnswerRule.status(200).body("/ok", "false").fail()
 * }</pre>
 */
public final class AnswerRule {

    /** Stands for any value at all. */
    public static final String ANY = "*";

    /** What is made of the answer. */
    public enum Verdict {
        /** The server failed: the request is repeated if that is safe. */
        RETRY,
        /** The request is refused for good. */
        FAIL,
        /** The quota is spent: everybody waits. */
        THROTTLE
    }

    private final Set<Integer> statuses;
    private final Map<String, String> headers;
    private final Map<Pointer, String> body;
    private final Verdict verdict;
    private final Duration wait;

    private AnswerRule(When when, Verdict verdict, Duration wait) {
        this.statuses = Set.copyOf(when.statuses);
        this.headers = Map.copyOf(when.headers);
        this.body = Map.copyOf(when.body);
        this.verdict = verdict;
        this.wait = wait;
    }

    /** Begins a rule for answers of these statuses; for every status if there are none. */
    public static When status(int... statuses) {
        When when = new When();
        for (int status : statuses) {
            when.statuses.add(status);
        }
        return when;
    }

    /** Begins a rule for answers of any status. */
    public static When anyStatus() {
        return new When();
    }

    /** Whether it holds for an answer, of whose body {@code values} tells single values. */
    public boolean holds(int status, Headers fields, Function<Pointer, Optional<String>> values) {
        return mayHold(status)
                && headers.entrySet().stream().allMatch(named -> fits(named.getValue(), fields.first(named.getKey())))
                && body.entrySet().stream().allMatch(named -> fits(named.getValue(), values.apply(named.getKey())));
    }

    /** Whether it may hold for an answer of {@code status}. */
    public boolean mayHold(int status) {
        return (statuses.isEmpty() || statuses.contains(status))
                && !(verdict == Verdict.RETRY && Statuses.ACCESS.contains(status));
    }

    private static boolean fits(String wanted, Optional<String> found) {
        return found.isPresent()
                && (wanted.equals(ANY) || wanted.equalsIgnoreCase(found.get().trim()));
    }

    /** Which values of the body it looks at. */
    public Set<Pointer> values() {
        return body.keySet();
    }

    /** What is made of the answer. */
    public Verdict verdict() {
        return verdict;
    }

    /** How long is waited at least where the server does not say; zero for the usual backoff. */
    public Duration atLeast() {
        return wait;
    }

    @Override
    public String toString() {
        return "AnswerRule[statuses=" + statuses + ", headers=" + headers.keySet() + ", body=" + body.keySet() + ", "
                + verdict + "]";
    }

    /** What must hold; for one thread. */
    public static final class When {

        private final Set<Integer> statuses = new TreeSet<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final Map<Pointer, String> body = new LinkedHashMap<>();

        private When() {}

        /** The first {@code name} field is {@code value}, without regard to case; {@link #ANY} for any value. */
        public When header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /**
         * The value at {@code pointer} of a JSON body is {@code value}, without regard to case; {@link #ANY} for any but null.
         *
         * @throws IllegalArgumentException if {@code pointer} is no JSON Pointer
         */
        public When body(String pointer, String value) {
            body.put(Pointer.of(pointer), value);
            return this;
        }

        /**
         * Then the request is repeated, if that is safe.
         *
         * @throws IllegalArgumentException if it is meant for 401, 403 or 407 alone, which are never repeated as they are
         */
        public AnswerRule retry() {
            if (!statuses.isEmpty() && Statuses.ACCESS.containsAll(statuses)) {
                throw new IllegalArgumentException("401, 403 and 407 cannot be made plain repeats: a credential must "
                        + "change first; if they mean that the quota is spent, say throttle");
            }
            return new AnswerRule(this, Verdict.RETRY, Duration.ZERO);
        }

        /** Then the request is refused for good. */
        public AnswerRule fail() {
            return new AnswerRule(this, Verdict.FAIL, Duration.ZERO);
        }

        /** Then the quota is spent: everybody waits as long as the server says, or the usual backoff. */
        public AnswerRule throttle() {
            return throttle(Duration.ZERO);
        }

        /** As {@link #throttle()}, but at least {@code wait} where the server does not say. */
        public AnswerRule throttle(Duration wait) {
            return new AnswerRule(this, Verdict.THROTTLE, wait);
        }
    }
}
