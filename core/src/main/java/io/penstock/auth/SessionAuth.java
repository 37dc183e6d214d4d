package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart.Head;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A session: logs in once for all who wait, and again when the server no longer knows it. A login that failed is not tried again by
 * each request: they share its failure for a while, and one that the server refused until a secret has changed.
 */
final class SessionAuth implements Authenticator {

    private static final long BETWEEN_FORCED = Duration.ofSeconds(60).toNanos();

    private final SessionLogin login;
    private final AuthMeans means;
    private final AtomicReference<@Nullable Session> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<Session>> underWay = new AtomicReference<>();
    private volatile long forced;
    private volatile @Nullable Failed failed;

    /** A token and when we got it, in ns of the timer. */
    private record Session(String token, long since) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * A login that failed.
     *
     * @param refused what tells the secrets that the server refused from others; empty if it did not refuse them
     */
    private record Failed(Setback setback, Optional<List<String>> refused) {}

    /** An answer to a login that went out at {@code begun}, and what tells the secrets it proved itself by from others. */
    private record Attempt(ApiResponse answer, List<String> proof, long begun) {

        boolean refused() {
            return answer.status() == 401 || answer.status() == 403;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** Carries the failure of an attempt to where it is kept. */
    private static final class Fruitless extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        Fruitless(Failure failure) {
            super("not logged in", null, false, false);
            this.failure = failure;
        }
    }

    /** Why, and the secrets that were refused, if they were. */
    private record Failure(PenstockException why, Optional<List<String>> refused) {}

    SessionAuth(SessionLogin login, AuthMeans means) {
        this.login = login;
        this.means = means;
        this.forced = now() - BETWEEN_FORCED;
    }

    private long now() {
        return means.time().timer().now(TimeUnit.NANOSECONDS);
    }

    @Override
    public Mono<Void> ready() {
        return Mono.defer(this::session).then();
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.defer(this::session).map(session -> login.placement().put(request, session.token()));
    }

    private Mono<Session> session() {
        Session known = current.get();
        boolean over = known != null
                && login.lifetime().isPresent()
                && now() - known.since() >= login.lifetime().get().toNanos();
        return known == null || over ? shared(known) : Mono.just(known);
    }

    /** As {@link #renewed}; each who waits gets a failure of its own. */
    private Mono<Session> shared(@Nullable Session before) {
        return renewed(before).onErrorMap(PenstockException.class, Setback::copy);
    }

    /** The one login that is under way, or a new one in place of {@code before}. */
    @SuppressWarnings("ReferenceEquality") // another session may look the same
    private Mono<Session> renewed(@Nullable Session before) {
        Mono<Session> running = underWay.get();
        if (running != null) {
            return running;
        }
        Mono<Session> fresh = Mono.defer(() -> {
                    Session now = current.get();
                    return now != null && !now.equals(before)
                            ? Mono.just(now)
                            : allowed().then(begin());
                })
                .doOnTerminate(() -> underWay.set(null))
                .cache();
        return underWay.compareAndSet(null, fresh) ? fresh : renewed(before);
    }

    /** Completes if there may be a login now; else errors as the one that failed. */
    private Mono<Void> allowed() {
        Failed last = failed;
        if (last == null) {
            return Mono.empty();
        }
        Mono<Boolean> over = last.refused()
                .map(proof -> login.proofs().changedSince(proof))
                .orElse(Mono.just(!last.setback().stands(now())));
        return over.flatMap(again -> again ? Mono.empty() : Mono.error(last.setback()::copy));
    }

    private Mono<Session> begin() {
        return attempt()
                .flatMap(first -> first.refused()
                        ? login.proofs()
                                .changedSince(first.proof())
                                .flatMap(changed -> changed ? attempt() : Mono.just(first))
                        : Mono.just(first))
                .map(last -> new Session(token(last), last.begun()))
                .onErrorMap(this::failed)
                .doOnNext(session -> {
                    means.learnt().accept(Secret.named("session", session.token()));
                    current.set(session);
                    failed = null;
                });
    }

    /** One login. */
    private Mono<Attempt> attempt() {
        Proofs proofs = login.proofs();
        return proofs.ready().then(Mono.defer(() -> {
            List<String> proof = proofs.fingerprints();
            long begun = now();
            return means.sender().send(login.request(), () -> {}).map(answer -> new Attempt(answer, proof, begun));
        }));
    }

    /** Keeps a failure, for those who come later; only one login is under way, so nobody else does. */
    private PenstockException failed(Throwable thrown) {
        Failure met = thrown instanceof Fruitless fruitless
                ? fruitless.failure
                : new Failure(
                        thrown instanceof PenstockException typed
                                ? typed
                                : new AuthError("the " + login + " failed: " + thrown.getMessage(), thrown),
                        Optional.empty());
        Failed before = failed;
        int number = before == null ? 1 : before.setback().number() + 1;
        failed = new Failed(Setback.of(met.why(), number, now(), means.time().random()), met.refused());
        return met.why();
    }

    private String token(Attempt attempt) {
        ApiResponse answer = attempt.answer();
        if (answer.status() >= 400) {
            AuthError why = new AuthError("the " + login + " was refused with " + answer.status()
                    + ": check the user name and the secrets of the login");
            throw new Fruitless(new Failure(why, attempt.refused() ? Optional.of(attempt.proof()) : Optional.empty()));
        }
        return login.token(answer)
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> new AuthError("the " + login + " was answered with " + answer.status()
                        + ", but there is no token " + login.tokenPlace() + ": check where the login finds it"));
    }

    /** The session that was refused is over; one that came after it deserves another try. */
    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> {
            Session known = current.get();
            String sent = login.placement().on(used).orElse("");
            if (known == null || !known.token().equals(sent)) {
                return Mono.just(true);
            }
            if (now() - forced < BETWEEN_FORCED) {
                return Mono.just(false); // a new session was refused too: it is not the session's fault
            }
            return shared(known).doOnSubscribe(begun -> forced = now()).thenReturn(true);
        });
    }

    @Override
    public Set<String> queryNames() {
        return login.placement().queryNames();
    }

    @Override
    public String identity() {
        return "session " + login.identity();
    }

    @Override
    public String fingerprint() {
        return "session " + login.fingerprint();
    }

    @Override
    public String scheme() {
        return "session";
    }

    @Override
    public String toString() {
        return scheme();
    }
}
