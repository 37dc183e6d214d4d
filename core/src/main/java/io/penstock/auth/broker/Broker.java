package io.penstock.auth.broker;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Setback;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.BadConfig;
import io.penstock.error.PenstockException;
import io.penstock.error.StateFailure;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One access token for all who send with it, renewed by one at a time.
 *
 * <p>A token that will expire soon is renewed beside the requests, which go on with it; only past its end do they wait. A refused
 * token that has been replaced since costs nothing but another request; one that has not is renewed, at most once a minute. Those
 * who wait share the result, be it a failure; a renewal that nobody waits for is given up unless its request has gone out. After a
 * failure none is begun for 5 s, doubling up to 80 s, in which requests go on with the old token or share the failure.
 *
 * <p>Safe for concurrent use; while the token is fresh, nothing waits and nothing is locked.
 */
public final class Broker implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final long BETWEEN_FORCED = Duration.ofSeconds(60).toNanos();
    private static final Pattern TOO_NARROW = Pattern.compile("error=\"?insufficient_scope\\b");
    private static final Pattern SCOPE = Pattern.compile("scope=\"([\\x21\\x23-\\x5B\\x5D-\\x7E ]{1,300})\"");

    private final String identity;
    private final Renewal renewal;
    private final AuthMeans.Time time;
    private volatile @Nullable Token current;
    private @Nullable Flight flight;
    private @Nullable Setback setback;
    private @Nullable Long forcedAt;

    private Broker(String identity, Renewal renewal, AuthMeans.Time time) {
        this.identity = identity;
        this.renewal = renewal;
        this.time = time;
    }

    /**
     * A broker of tokens that the client's own credentials get; nothing is kept.
     *
     * @param identity tells one credential from another; budgets are keyed by it
     */
    public static Broker of(String identity, TokenIssuer issuer, AuthMeans means) {
        return new Broker(identity, new OwnRenewal(issuer, means), means.time());
    }

    /** A broker of tokens that a refresh token gets, which is kept in {@code entry}. */
    public static Broker of(String identity, TokenIssuer issuer, KeptCredential entry, AuthMeans means) {
        return new Broker(identity, new KeptRenewal(issuer, entry, means), means.time());
    }

    @Override
    public Mono<Void> ready() {
        Token held = current;
        return held != null && !held.validity().due(now())
                ? Mono.empty()
                : Mono.defer(this::token).then();
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        Token held = current;
        return held != null && !held.validity().due(now())
                ? Mono.just(held.on(request))
                : Mono.defer(this::token).map(token -> token.on(request));
    }

    @Override
    public String scheme() {
        return "oauth2";
    }

    @Override
    public Optional<Instant> expires() {
        Token held = current;
        return held == null || held.validity().overAt() == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(time.clock().instant().plusNanos(held.validity().overAt() - now()));
    }

    @Override
    public List<String> scopes() {
        Token held = current;
        return held == null ? List.of() : held.scopes();
    }

    private long now() {
        return time.timer().now(TimeUnit.NANOSECONDS);
    }

    private Mono<Token> token() {
        Token held = current;
        long now = now();
        if (held == null || held.validity().over(now)) {
            return renewed();
        }
        if (held.validity().due(now) && mayBegin(now)) {
            renewed().subscribe(token -> {}, failure -> {}); // told where it fails
        }
        return Mono.just(held);
    }

    /** Whether one is to be begun beside the requests. */
    private synchronized boolean mayBegin(long now) {
        return flight == null && (setback == null || !setback.stands(now));
    }

    /** The result of the renewal that is under way, or of a new one; boarded when this is called. */
    private Mono<Token> renewed() {
        Flight boarded;
        synchronized (this) {
            if (flight == null && setback != null && setback.stands(now())) {
                return Mono.error(setback.copy());
            }
            boarded = flight;
            if (boarded != null && boarded.board()) {
                return told(boarded);
            }
            boarded = new Flight(this::forget);
            boarded.board();
            flight = boarded;
        }
        begin(boarded);
        return told(boarded);
    }

    private synchronized void forget(Flight abandoned) {
        flight = flight == abandoned ? null : flight;
    }

    private Mono<Token> told(Flight boarded) {
        return boarded.arrival().onErrorMap(Broker::copy);
    }

    private static Throwable copy(Throwable failure) {
        return failure instanceof Landing landing ? landing.setback.copy() : failure;
    }

    private void begin(Flight begun) {
        begun.works(
                renewal.renew(current, begun::going).subscribe(token -> land(begun, token), why -> fail(begun, why)));
    }

    /** Ended before it is told, so that what follows from it begins anew. */
    private void land(Flight landed, Token token) {
        synchronized (this) {
            current = token;
            setback = null;
            flight = flight == landed ? null : flight;
        }
        landed.landed(token);
    }

    private void fail(Flight failed, Throwable why) {
        Setback met;
        synchronized (this) {
            met = Setback.of(typed(why), setback == null ? 1 : setback.number() + 1, now(), time.random());
            setback = met;
            flight = flight == failed ? null : flight;
        }
        LOG.warn("the access token was not renewed: {}", met.failure().getMessage());
        failed.failed(new Landing(met));
    }

    /** What requests fail with: not before anybody has done something about it, whatever it was. */
    private static PenstockException typed(Throwable failure) {
        if (failure instanceof ReauthorizationRequired
                || failure instanceof AuthError
                || failure instanceof StateFailure
                || failure instanceof BadConfig) {
            return (PenstockException) failure;
        }
        return new AuthError("no new access token was to be had: " + failure.getMessage(), failure);
    }

    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> {
            String challenge = String.join(", ", answer.headers().all("WWW-Authenticate"));
            if (TOO_NARROW.matcher(challenge).find()) {
                return Mono.error(tooNarrow(used, challenge));
            }
            Token held = current;
            if (held == null || !held.isOn(used)) {
                return token().thenReturn(true);
            }
            return mayForce() ? renewed().map(token -> !token.same(held)) : Mono.just(false);
        });
    }

    /** Whether the token everybody uses may be renewed before its time. */
    private synchronized boolean mayForce() {
        Long last = forcedAt;
        long now = now();
        if (flight == null && last != null && now - last < BETWEEN_FORCED) {
            return false;
        }
        forcedAt = flight == null ? Long.valueOf(now) : last;
        return true;
    }

    private static AuthError tooNarrow(ApiRequest used, String challenge) {
        Matcher scope = SCOPE.matcher(challenge);
        String needed = scope.find() ? " " + scope.group(1) : "";
        return new AuthError(used + " needs the scope" + needed
                + ", which the access token does not have: add it to scopes, and grant access anew");
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public String toString() {
        return "an access token that is renewed";
    }

    /** Carries a failure to all who wait for it. */
    private static final class Landing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Setback setback;

        Landing(Setback setback) {
            super("not renewed", null, false, false);
            this.setback = setback;
        }
    }
}
