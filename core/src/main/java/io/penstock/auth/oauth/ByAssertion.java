package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.broker.Issued;
import io.penstock.auth.broker.TokenIssuer;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Asks with a signed assertion (RFC 7523, section 2.1), a new one with each try. */
record ByAssertion(TokenEndpoint tokens, AssertionMaker maker, Map<String, String> form) implements TokenIssuer {

    static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    @Override
    public Mono<Issued> issue(Optional<Secret> none, Runnable going) {
        return notPersonal(tokens.askSigned(this::asserting, maker.proofs(), going));
    }

    private Mono<Map<String, String>> asserting(URI url, AuthMeans.Time time) {
        return maker.make(url, time)
                .map(assertion -> assertion.reveal(text -> {
                    Map<String, String> all = new LinkedHashMap<>(form);
                    all.put("assertion", text);
                    return all;
                }));
    }

    /** Where no person has granted anything, none can grant it anew: what is wrong is in the plan. */
    static Mono<Issued> notPersonal(Mono<Issued> issued) {
        return issued.onErrorMap(
                ReauthorizationRequired.class,
                refusal -> new AuthError(
                        refusal.getMessage()
                                + ": check the assertion's key, issuer, subject and audience, or the client's rights",
                        refusal));
    }

    @Override
    public String toString() {
        return "tokens by assertion";
    }
}
