package io.penstock.auth.oauth;

import io.penstock.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client is and what it asks for, judged. */
record OAuthTerms(
        Grant grant,
        ServerMetadata server,
        Optional<URI> issuer,
        String clientId,
        ClientAuthentication client,
        Asked asked,
        Optional<AssertionMaker> assertion,
        Optional<Secret> refreshToken,
        String name,
        boolean assumeBearer) {

    /**
     * What is asked for.
     *
     * @param scopes rights
     * @param audience whom the token is for, where a server wants to be told
     * @param params further parameters of its own
     */
    record Asked(List<String> scopes, Optional<String> audience, Map<String, String> params) {}

    List<String> scopes() {
        return asked.scopes();
    }

    Optional<String> audience() {
        return asked.audience();
    }

    Map<String, String> params() {
        return asked.params();
    }

    /** Tells one server from another. */
    String place() {
        return issuer.or(server::token).map(URI::toString).orElse("");
    }

    @Override
    public String toString() {
        return grant + " by " + place();
    }
}
