package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.config.Secret;
import java.net.URI;
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

    /**
     * Signs by {@code assertion}: a new one for each request, of the server's time as far as it has told. One without an audience
     * is addressed to the token endpoint. Signing takes long, so it is not done on an event loop.
     */
    static AssertionMaker of(JwtAssertion assertion) {
        return (endpoint, time) -> Mono.fromCallable(() -> {
                    JwtAssertion whole =
                            assertion.audience().isPresent() ? assertion : assertion.to(endpoint.toString());
                    String made = whole.make(time.clock().instant(), time.random());
                    return Secret.named(
                            "an assertion by " + assertion.identity().trim(), made);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
