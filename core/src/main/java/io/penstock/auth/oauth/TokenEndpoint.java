package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.broker.Issued;
import io.penstock.auth.oauth.TokenAnswer.Given;
import io.penstock.auth.oauth.TokenAnswer.Refused;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiResponse;
import io.penstock.message.Origin;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Asks for tokens (RFC 6749, section 3.2). Safe for concurrent use. */
final class TokenEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

    private final Discovery discovery;
    private final ClientAuthentication client;
    private final AuthMeans means;
    private final boolean assumeBearer;

    TokenEndpoint(Discovery discovery, ClientAuthentication client, AuthMeans means, boolean assumeBearer) {
        this.discovery = discovery;
        this.client = client;
        this.means = means;
        this.assumeBearer = assumeBearer;
    }

    /** Clocks and chance. */
    AuthMeans.Time time() {
        return means.time();
    }

    /** Where it is. */
    Mono<URI> url() {
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
        return answer(form, again, going).handle((answer, out) -> {
            if (answer instanceof Given given) {
                warnIfNarrower(form.get("scope"), given.scope());
                out.next(given.issued());
            } else {
                out.error(refusal(((Refused) answer).code()));
            }
        });
    }

    /** As {@link #ask}, with refusals as answers. */
    Mono<TokenAnswer> answer(Map<String, String> form, boolean again, Runnable going) {
        return url().flatMap(url -> {
            String what = "the answer of the token endpoint at " + Origin.of(url);
            return sent(url, form, again, going).map(answer -> TokenAnswer.of(answer, what, assumeBearer));
        });
    }

    private Mono<ApiResponse> sent(URI url, Map<String, String> form, boolean again, Runnable going) {
        if (again && client.repeatable()) {
            return client.request(url, form, means.time())
                    .flatMap(request -> means.sender().send(request.idempotent(), going));
        }
        return CarefulTries.of(
                Mono.defer(() -> client.request(url, form, means.time()))
                        .flatMap(request -> means.sender().send(request, going)),
                means.time());
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

    private static void warnIfNarrower(@Nullable String asked, Optional<String> given) {
        if (asked != null && given.isPresent()) {
            Set<String> missing = new HashSet<>(List.of(asked.split(" ", -1)));
            Arrays.asList(given.get().split(" ", -1)).forEach(missing::remove);
            if (!missing.isEmpty()) {
                LOG.warn("the authorization server granted fewer scopes than were asked for: {} are missing", missing);
            }
        }
    }
}
