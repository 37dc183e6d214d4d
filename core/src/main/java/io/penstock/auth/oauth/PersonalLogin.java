package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Login;
import io.penstock.auth.broker.KeptCredential;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Both ways in which a person can grant access. */
record PersonalLogin(OAuthTerms terms, Discovery discovery, TokenEndpoint tokens, KeptCredential entry, AuthMeans means)
        implements Login {

    @Override
    public Mono<Visit> browser(URI redirect) {
        return discovery
                .server()
                .publishOn(Schedulers.boundedElastic()) // good randomness may block
                .map(server -> visit(server, redirect, new SecureRandom()));
    }

    private Visit visit(ServerMetadata server, URI redirect, SecureRandom random) {
        URI endpoint = known(server.authorization(), "authorization_endpoint", "authorization_url");
        String state = Pkce.word(random);
        String verifier = Pkce.word(random);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", terms.clientId());
        query.put("redirect_uri", redirect.toString());
        addAsked(query);
        query.put("state", state);
        query.put("code_challenge", Pkce.challenge(verifier));
        query.put("code_challenge_method", "S256");
        query.putAll(terms.params());
        String joint = endpoint.getRawQuery() == null ? "?" : "&";
        URI url = URI.create(endpoint + joint + Form.encode(query));
        return new CodeVisit(new CodeVisit.Ask(url, redirect, state, verifier), server, tokens, entry, means.time());
    }

    private void addAsked(Map<String, String> fields) {
        if (!terms.scopes().isEmpty()) {
            fields.put("scope", String.join(" ", terms.scopes()));
        }
        terms.audience().ifPresent(audience -> fields.put("audience", audience));
    }

    private static URI known(Optional<URI> endpoint, String name, String setting) {
        return endpoint.orElseThrow(() -> new ConfigError("the metadata of the authorization server name no " + name
                + ": write " + setting + ", or log in the other way"));
    }

    @Override
    public Mono<DeviceVisit> device() {
        return discovery.server().flatMap(server -> {
            URI endpoint = known(server.device(), "device_authorization_endpoint", "device_url");
            Map<String, String> form = new LinkedHashMap<>();
            form.put("client_id", terms.clientId());
            addAsked(form);
            form.putAll(terms.params());
            return terms.client()
                    .request(endpoint, form, tokens.time())
                    .flatMap(request -> means.sender().send(request.idempotent(), () -> {}))
                    .map(this::deviceVisit);
        });
    }

    private DeviceVisit deviceVisit(ApiResponse answer) {
        if (answer.status() >= 300) {
            TokenAnswer.Refused refused =
                    (TokenAnswer.Refused) TokenAnswer.of(answer, "the answer of the device endpoint", false);
            throw new AuthError("the authorization server does not begin a login (" + refused.code()
                    + "): check device_url, client_id and scopes");
        }
        return DevicePoll.visit(
                ServerJson.object(answer.body(), "the answer of the device endpoint"), tokens, entry, means.time());
    }

    @Override
    public String toString() {
        return "login by " + terms.place();
    }
}
