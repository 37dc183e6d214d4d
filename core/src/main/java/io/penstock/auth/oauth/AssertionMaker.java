package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Proofs;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.config.Secret;
import java.net.URI;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Makes signed assertions (RFC 7523), a new one for each request. Safe for concurrent use. */
@FunctionalInterface
public interface AssertionMaker {

    /**
     * One assertion.
     *
     * @param tokenEndpoint where it will be sent: the usual audience
     * @param time clock and chance to make it with
     */
    Mono<Secret> make(URI tokenEndpoint, AuthMeans.Time time);

    /** What its assertions prove themselves by, to be read again before the first and after a refusal; by default nothing. */
    default Proofs proofs() {
        return Proofs.none();
    }

    /** Hands out {@code made}, an assertion that somebody else makes and keeps fresh. */
    static AssertionMaker of(Secret made) {
        return proving(new Proofs(List.of(made)), (endpoint, time) -> Mono.just(made));
    }

    private static AssertionMaker proving(Proofs proofs, AssertionMaker maker) {
        return new AssertionMaker() {
            @Override
            public Mono<Secret> make(URI tokenEndpoint, AuthMeans.Time time) {
                return maker.make(tokenEndpoint, time);
            }

            @Override
            public Proofs proofs() {
                return proofs;
            }
        };
    }

    /**
     * Signs by {@code assertion}: a new one for each request, of the server's time as far as it has told. One without an audience
     * is addressed to the token endpoint. Signing takes long, so it is not done on an event loop.
     */
    static AssertionMaker of(JwtAssertion assertion) {
        return proving(new Proofs(assertion.keys()), (endpoint, time) -> signed(assertion, endpoint, time));
    }

    private static Mono<Secret> signed(JwtAssertion assertion, URI endpoint, AuthMeans.Time time) {
        return Mono.fromCallable(() -> {
                    JwtAssertion whole =
                            assertion.audience().isPresent() ? assertion : assertion.to(endpoint.toString());
                    String made = whole.make(time.clock().instant(), time.random());
                    return Secret.named(
                            "an assertion by " + assertion.identity().trim(), made);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
