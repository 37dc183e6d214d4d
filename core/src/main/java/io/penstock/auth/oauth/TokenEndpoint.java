package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Proofs;
import io.penstock.auth.ServerTime;
import io.penstock.auth.broker.Issued;
import io.penstock.auth.oauth.TokenAnswer.Given;
import io.penstock.auth.oauth.TokenAnswer.Refused;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Origin;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Asks for tokens (RFC 6749, section 3.2). A refusal of the client's secret or key has it read again, where that is possible, and if
 * it has changed the same is asked once more. Safe for concurrent use.
 */
final class TokenEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

    private final Discovery discovery;
    private final ClientAuthentication client;
    private final AuthMeans means;
    private final boolean assumeBearer;
    private final List<String> scopesAsked;
    private final ServerTime there;
    private volatile Set<String> missed = Set.of();

    TokenEndpoint(Discovery discovery, OAuthTerms terms, AuthMeans means) {
        this.discovery = discovery;
        this.client = terms.client();
        this.means = means;
        this.assumeBearer = terms.assumeBearer();
        this.scopesAsked = terms.scopes();
        this.there = new ServerTime(means.time().clock());
    }

    /** What is asked, made anew for each try because it may hold what is good once. */
    @FunctionalInterface
    interface Asking {

        /** The form for the endpoint at {@code url}, by clocks that go as the server's. */
        Mono<Map<String, String>> form(URI url, AuthMeans.Time time);
    }

    /** Clocks and chance, as the server has them. */
    AuthMeans.Time time() {
        AuthMeans.Time here = means.time();
        return new AuthMeans.Time(here.timer(), there.clock(), here.random());
    }

    /** Where it is. */
    private Mono<URI> url() {
        return discovery
                .server()
                .flatMap(server -> Mono.justOrEmpty(server.token()))
                .switchIfEmpty(Mono.error(() -> new ConfigError(
                        "the metadata of the authorization server names no token_endpoint: write token_url")));
    }

    /**
     * Asks for tokens.
     *
     * @param form what is asked, without the client
     * @param again whether the same may be asked twice; else an answer that was lost is asked for once more and no oftener
     * @param going run before each try goes out
     * @return errors with {@code ReauthorizationRequired} for {@code invalid_grant}, with {@code AuthError} for other refusals
     */
    Mono<Issued> ask(Map<String, String> form, boolean again, Runnable going) {
        return issued(answer(form, again, going));
    }

    /** As {@link #ask(Map, boolean, Runnable)}, with a form that is signed by {@code proofs}: never sent twice. */
    Mono<Issued> askSigned(Asking asking, Proofs proofs, Runnable going) {
        return issued(answer(new Call(asking, proofs, false, true, going)));
    }

    private static Mono<Issued> issued(Mono<TokenAnswer> asked) {
        return asked.handle((answer, out) -> {
            if (answer instanceof Given given) {
                out.next(given.issued());
            } else {
                out.error(refusal(((Refused) answer).code()));
            }
        });
    }

    /** As {@link #ask(Map, boolean, Runnable)}, with refusals as answers. */
    Mono<TokenAnswer> answer(Map<String, String> form, boolean again, Runnable going) {
        boolean repeatable = again && client.repeatable();
        return answer(new Call((url, time) -> Mono.just(form), Proofs.none(), repeatable, !client.repeatable(), going));
    }

    /**
     * A call.
     *
     * @param asking what is asked
     * @param proofs what the form itself is signed by
     * @param repeatable whether one request may be sent twice
     * @param signed whether something in it names the moment at which it is made
     * @param going run before each try goes out
     */
    private record Call(Asking asking, Proofs proofs, boolean repeatable, boolean signed, Runnable going) {}

    private Mono<TokenAnswer> answer(Call call) {
        return url().flatMap(url -> {
            String what = "the answer of the token endpoint at " + Origin.of(url);
            Mono<Told> sent = timed(url, call);
            return sent.flatMap(told -> proofRefused(read(told, what), told.answer(), call)
                            ? proofs(call)
                                    .changedSince(told.proof())
                                    .flatMap(changed -> changed ? sent : Mono.just(told))
                            : Mono.just(told))
                    .map(told -> scoped(read(told, what).without(told.sent())));
        });
    }

    private TokenAnswer read(Told told, String what) {
        return TokenAnswer.of(told.answer(), what, assumeBearer);
    }

    /** Whether the secret of the client may be to blame, or the key that the form is signed by. */
    private static boolean proofRefused(TokenAnswer answer, ApiResponse raw, Call call) {
        String code = answer instanceof Refused refused ? refused.code() : "";
        return raw.status() == 401
                || code.equals("invalid_client")
                || (code.equals("invalid_grant") && !call.proofs().secrets().isEmpty());
    }

    private Proofs proofs(Call call) {
        return client.proofs().and(call.proofs());
    }

    /**
     * An answer and what it answers.
     *
     * @param proof tells the secrets it was sent with from others
     */
    private record Told(ApiRequest sent, ApiResponse answer, List<String> proof) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** A refusal may come from clocks that differ: then once more, with the server's time. */
    private Mono<Told> timed(URI url, Call call) {
        Mono<Told> sent = Mono.defer(() -> sent(url, call));
        return sent.flatMap(told -> call.signed()
                        && told.answer().status() >= 400
                        && there.corrects(told.answer().headers())
                ? sent
                : Mono.just(told));
    }

    private Mono<Told> sent(URI url, Call call) {
        AtomicReference<Instant> sentAt =
                new AtomicReference<>(means.time().clock().instant());
        Runnable going = () -> {
            sentAt.set(means.time().clock().instant());
            call.going().run();
        };
        Proofs proofs = proofs(call);
        Mono<ApiRequest> request =
                Mono.defer(() -> call.asking().form(url, time())).flatMap(form -> client.request(url, form, time()));
        Mono<Told> once = proofs.ready()
                .then(Mono.fromSupplier(proofs::fingerprints))
                .flatMap(proof -> request.flatMap(one -> means.sender()
                        .send(call.repeatable() ? one.idempotent() : one, going)
                        .map(answer -> new Told(one, answer, proof))));
        return (call.repeatable() ? once : CarefulTries.of(once, means.time())).doOnNext(told -> {
            if (told.answer().status() < 400) {
                there.heard(told.answer().headers(), Objects.requireNonNull(sentAt.get()));
            }
        });
    }

    /** What the token is good for: what the server says, else what was asked (RFC 6749, section 5.1). */
    private TokenAnswer scoped(TokenAnswer answer) {
        if (!(answer instanceof Given given)) {
            return answer;
        }
        List<String> granted =
                given.scope().map(scope -> List.of(scope.trim().split(" +"))).orElse(scopesAsked);
        warnIfNarrower(granted);
        return new Given(given.issued().scoped(granted), given.scope());
    }

    private static PenstockException refusal(String code) {
        String what = "the authorization server refuses to give a token (" + code + ")";
        return switch (code) {
            case "invalid_grant" -> new ReauthorizationRequired(what);
            case "invalid_client" -> new AuthError(what + ": check client_id and client_secret, and client_auth");
            case "unauthorized_client", "unsupported_grant_type" ->
                new AuthError(
                        what + ": the client is not allowed this grant; check grant and the client's registration");
            case "invalid_scope" -> new AuthError(what + ": check scopes");
            default ->
                new AuthError(
                        code.startsWith("redirect")
                                ? what
                                        + ": a redirect, which is never followed with credentials; write the URL it leads to"
                                : what + ": check token_url and the client's registration");
        };
    }

    /** Told once, not with each renewal. */
    private void warnIfNarrower(List<String> granted) {
        Set<String> missing = new TreeSet<>(scopesAsked);
        granted.forEach(missing::remove);
        if (!missing.isEmpty() && !missing.equals(missed)) {
            LOG.warn("the authorization server granted fewer scopes than were asked for: {} are missing", missing);
        }
        missed = missing;
    }
}
