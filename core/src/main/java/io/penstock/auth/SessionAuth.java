package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart.Head;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A session: logs in once for all who wait, and again when the server no longer knows it. */
final class SessionAuth implements Authenticator {

    private static final long BETWEEN_FORCED = Duration.ofSeconds(60).toNanos();

    private final SessionLogin login;
    private final AuthMeans means;
    private final AtomicReference<@Nullable Session> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<Session>> underWay = new AtomicReference<>();
    private volatile long forced;

    /** A token and when we got it, in ns of the timer. */
    private record Session(String token, long since) {
        @Override
        public String toString() {
            return "***";
        }
    }

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
        return known == null || over ? renewed(known) : Mono.just(known);
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
                    return now != null && !now.equals(before) ? Mono.just(now) : begin();
                })
                .doOnTerminate(() -> underWay.set(null))
                .cache();
        return underWay.compareAndSet(null, fresh) ? fresh : renewed(before);
    }

    private Mono<Session> begin() {
        return Mono.defer(() -> {
                    long begun = now();
                    return login.ready()
                            .then(Mono.defer(() -> means.sender().send(login.request(), () -> {})))
                            .map(answer -> new Session(token(answer), begun));
                })
                .doOnNext(session -> {
                    means.learnt().accept(Secret.named("session", session.token()));
                    current.set(session);
                });
    }

    private String token(ApiResponse answer) {
        if (answer.status() >= 400) {
            throw new AuthError("the " + login + " was refused with " + answer.status()
                    + ": check the user name and the secrets of the login");
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
            return renewed(known).doOnSubscribe(begun -> forced = now()).thenReturn(true);
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
