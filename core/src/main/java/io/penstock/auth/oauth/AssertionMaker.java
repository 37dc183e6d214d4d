package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.config.Secret;
import java.net.URI;
import reactor.core.publisher.Mono;

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
}
