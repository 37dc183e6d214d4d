package io.penstock.client.exchange;

import io.penstock.error.PenstockException;
import io.penstock.http.outbound.Redirects;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The redirects of one try. Once a hop has changed its origin, the credential stays behind, even if a later one leads home. */
final class Hops {

    private final Trust trust;
    private int count;
    private boolean away;
    private boolean renewed;

    Hops(Trust trust) {
        this.trust = trust;
    }

    /** The request that {@code head} sends us on to, if it does. */
    Optional<ApiRequest> next(ApiRequest from, Head head) {
        Optional<ApiRequest> next = Redirects.follow(from, head.status(), head.headers(), count, trust.destinations());
        next.ifPresent(hop -> {
            count++;
            away |= !hop.origin().equals(from.origin());
        });
        return next;
    }

    /** Completes when the credential needs no more waiting. */
    Mono<Void> ready(ApiRequest request) {
        return away ? Mono.empty() : trust.ready(request);
    }

    Mono<ApiRequest> authorise(ApiRequest request) {
        return away ? Mono.just(trust.bare(request)) : trust.authorise(request);
    }

    /** What becomes of {@code failure}, which answers {@code used}: a 401 may be met by another credential, once. */
    RuntimeException unlessRenewed(ApiRequest used, Head head, RuntimeException failure) {
        return !away
                        && !renewed
                        && trust.authenticator().answers(head.status())
                        && failure instanceof PenstockException known
                        && known.repeats() == 0
                ? new Refused(used, head, known)
                : failure;
    }

    /** Emits true if {@code refusal} is worth another request; errors if it stands. */
    Mono<Boolean> renew(Refused refusal) {
        renewed = true;
        return trust.refused(refusal.used, refusal.head)
                .onErrorMap(PenstockException.class, failure -> failure.in(refusal.failure.place()))
                .filter(another -> another)
                .switchIfEmpty(Mono.error(refusal.failure));
    }

    /** Whether {@code request} bears the credential. */
    boolean bears(ApiRequest request) {
        return !away && request.origin().equals(trust.home());
    }

    /** Whose answer it will be. */
    String credential(ApiRequest request) {
        return away ? "" : trust.credential(request);
    }

    /** A signal inside the exchange: the answer asks for another request. Never leaves this package. */
    abstract static sealed class Detour extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private Detour(String message) {
            super(message, null, false, false);
        }
    }

    /** The answer sends us on. */
    static final class Redirected extends Detour {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ApiRequest next;
        private final Duration after;

        /** @param after how long the server asks to wait first; zero if it does not */
        Redirected(ApiRequest next, Duration after) {
            super("redirected");
            this.next = next;
            this.after = after;
        }

        ApiRequest next() {
            return next;
        }

        Duration after() {
            return after;
        }
    }

    /** The credential is refused, and there may be another. */
    static final class Refused extends Detour {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ApiRequest used;
        private final transient Head head;
        private final PenstockException failure;

        private Refused(ApiRequest used, Head head, PenstockException failure) {
            super("refused");
            this.used = used;
            this.head = head;
            this.failure = failure;
        }
    }
}
