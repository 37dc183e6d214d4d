package io.penstock.auth.oauth;

import io.penstock.auth.Sender;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Finds out where an authorization server is spoken to, once it is needed, and remembers it. Safe for concurrent use. */
final class Discovery {

    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final Mono<ServerMetadata> server;

    Discovery(ServerMetadata written, Optional<URI> issuer, Sender sender) {
        Mono<ServerMetadata> found = issuer.map(from -> asked(from, sender).map(document -> document.under(written)))
                .orElseGet(() -> Mono.just(written));
        this.server =
                found.cache(known -> Duration.ofMillis(Long.MAX_VALUE), failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    Mono<ServerMetadata> server() {
        return server;
    }

    /** OpenID Connect's place first, since most have it; a path goes before it there, and behind it in RFC 8414. */
    private static Mono<ServerMetadata> asked(URI issuer, Sender sender) {
        String path = withoutSlash(issuer.getRawPath());
        return document(issuer, issuer.resolve(path + OPENID), sender)
                .switchIfEmpty(Mono.defer(() -> document(issuer, issuer.resolve(OAUTH + path), sender)))
                .switchIfEmpty(Mono.error(() -> new ConfigError("there is no metadata of an authorization server below "
                        + issuer + ": check issuer, or write token_url instead")));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static Mono<ServerMetadata> document(URI issuer, URI url, Sender sender) {
        ApiRequest request = ApiRequest.of(Method.GET, url)
                .header("Accept", "application/json")
                .verbatim();
        return sender.send(request, () -> {})
                .filter(answer -> answer.status() < 300)
                .map(answer -> read(answer, issuer));
    }

    private static ServerMetadata read(ApiResponse answer, URI issuer) {
        return ServerMetadata.of(ServerJson.object(answer.body(), "the metadata of " + issuer), issuer);
    }
}
