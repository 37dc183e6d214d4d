package io.penstock.auth.oauth;

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
     */
    Mono<Secret> make(URI tokenEndpoint);
}
