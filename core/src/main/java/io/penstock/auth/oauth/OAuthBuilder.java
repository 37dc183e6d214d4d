package io.penstock.auth.oauth;

import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.jwt.SigningKey;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what an OAuth client is; setters only store, {@link #build} judges. For one thread. */
public final class OAuthBuilder {

    private static final List<String> RESERVED = List.of(
            "grant_type",
            "client_id",
            "client_secret",
            "refresh_token",
            "code",
            "code_verifier",
            "code_challenge",
            "code_challenge_method",
            "redirect_uri",
            "state",
            "response_type",
            "assertion",
            "client_assertion",
            "scope");

    private final Grant grant;
    private Optional<URI> tokenUrl = Optional.empty();
    private Optional<URI> authorizationUrl = Optional.empty();
    private Optional<URI> deviceUrl = Optional.empty();
    private Optional<URI> issuer = Optional.empty();
    private String clientId = "";
    private Optional<Secret> clientSecret = Optional.empty();
    private boolean inBody;
    private Optional<AssertionMaker> clientAssertion = Optional.empty();
    private Optional<AssertionMaker> assertion = Optional.empty();
    private Optional<Secret> refreshToken = Optional.empty();
    private List<String> scopes = List.of();
    private Optional<String> audience = Optional.empty();
    private final Map<String, String> params = new LinkedHashMap<>();
    private String name = "";
    private boolean assumeBearer;

    OAuthBuilder(Grant grant) {
        this.grant = grant;
    }

    /** The token endpoint; needless where the issuer's metadata names it. */
    public OAuthBuilder tokenUrl(URI url) {
        tokenUrl = Optional.of(url);
        return this;
    }

    /** The authorization endpoint, for {@link Grant#AUTHORIZATION_CODE}; needless where the issuer's metadata names it. */
    public OAuthBuilder authorizationUrl(URI url) {
        authorizationUrl = Optional.of(url);
        return this;
    }

    /** The device authorization endpoint, for {@link Grant#DEVICE}; needless where the issuer's metadata names it. */
    public OAuthBuilder deviceUrl(URI url) {
        deviceUrl = Optional.of(url);
        return this;
    }

    /** The issuer, exactly as it calls itself: its metadata tell the endpoints (RFC 8414, OpenID Connect Discovery). */
    public OAuthBuilder issuer(URI url) {
        issuer = Optional.of(url);
        return this;
    }

    /** A client without a secret. */
    public OAuthBuilder client(String id) {
        clientId = id;
        return this;
    }

    /** A client with a secret, sent by {@code Authorization: Basic} unless {@link #secretInBody}. */
    public OAuthBuilder client(String id, Secret secret) {
        clientSecret = Optional.of(secret);
        return client(id);
    }

    /** A client that signs ({@code private_key_jwt}). */
    public OAuthBuilder client(String id, AssertionMaker maker) {
        clientAssertion = Optional.of(maker);
        return client(id);
    }

    /** A client that signs ({@code private_key_jwt}) by {@code key}, as OpenID Connect has it: of itself, to the token endpoint. */
    public OAuthBuilder client(String id, SigningKey key) {
        JwtAssertion assertion =
                JwtAssertion.builder(key).issuer(id).subject(id).build();
        return client(id, AssertionMaker.of(assertion));
    }

    /** Sends the client's secret in the form instead of {@code Authorization: Basic}. */
    public OAuthBuilder secretInBody() {
        inBody = true;
        return this;
    }

    /** What {@link Grant#JWT_BEARER} is granted by. */
    public OAuthBuilder assertion(AssertionMaker maker) {
        assertion = Optional.of(maker);
        return this;
    }

    /** What {@link Grant#REFRESH_TOKEN} begins with; what replaces it is kept. */
    public OAuthBuilder refreshToken(Secret token) {
        refreshToken = Optional.of(token);
        return this;
    }

    /** The rights to ask for; default what the server gives by itself. */
    public OAuthBuilder scopes(List<String> rights) {
        scopes = List.copyOf(rights);
        return this;
    }

    /** Whom the token is for, sent as {@code audience}; default not sent. */
    public OAuthBuilder audience(String whom) {
        audience = Optional.of(whom);
        return this;
    }

    /** A further parameter of token requests, and of the URL that a browser opens. */
    public OAuthBuilder param(String parameter, String value) {
        params.put(parameter, value);
        return this;
    }

    /** Another name to keep the credential under, where one owner has several of one client. */
    public OAuthBuilder name(String other) {
        name = other;
        return this;
    }

    /** Takes a token of no type for a bearer token. */
    public OAuthBuilder assumeBearer() {
        assumeBearer = true;
        return this;
    }

    /**
     * Judges everything together.
     *
     * @throws ConfigError naming every problem
     */
    public OAuth build() {
        Problems problems = new Problems();
        judge(problems);
        problems.throwIfAny("oauth2");
        ServerMetadata written =
                new ServerMetadata(issuer.map(URI::toString), tokenUrl, authorizationUrl, deviceUrl, false);
        OAuthTerms.Asked asked = new OAuthTerms.Asked(scopes, audience, Map.copyOf(params));
        return new OAuth(new OAuthTerms(
                grant, written, issuer, clientId, proof(), asked, assertion, refreshToken, name, assumeBearer));
    }

    /** All that {@link #build} would find wrong, for whoever gathers problems of more than this. */
    public List<Problems.Problem> problems() {
        Problems problems = new Problems();
        judge(problems);
        return problems.all();
    }

    private ClientAuthentication proof() {
        if (clientAssertion.isPresent()) {
            return ClientAuthentication.assertion(clientId, clientAssertion.get());
        }
        return clientSecret
                .map(secret -> inBody
                        ? ClientAuthentication.body(clientId, secret)
                        : ClientAuthentication.basic(clientId, secret))
                .orElseGet(() -> ClientAuthentication.none(clientId));
    }

    private void judge(Problems problems) {
        problems.require(
                tokenUrl.isPresent() || issuer.isPresent(),
                "token_url",
                "is missing: write it, or the issuer whose metadata name it");
        safe(problems, "token_url", tokenUrl);
        safe(problems, "authorization_url", authorizationUrl);
        safe(problems, "device_url", deviceUrl);
        safe(problems, "issuer", issuer);
        problems.require(
                !clientId.isEmpty()
                        || (grant == Grant.JWT_BEARER && clientSecret.isEmpty() && clientAssertion.isEmpty()),
                "client_id",
                "is missing: the name the server knows this client by");
        problems.require(
                clientSecret.isEmpty() || clientAssertion.isEmpty(),
                "client_secret",
                "goes without a client assertion: remove one of them");
        problems.require(
                grant != Grant.AUTHORIZATION_CODE || authorizationUrl.isPresent() || issuer.isPresent(),
                "authorization_url",
                "is missing: write it, or the issuer whose metadata name it");
        problems.require(
                grant != Grant.DEVICE || deviceUrl.isPresent() || issuer.isPresent(),
                "device_url",
                "is missing: write it, or the issuer whose metadata name it");
        judgeGrant(problems);
        params.keySet().stream()
                .filter(RESERVED::contains)
                .forEach(own -> problems.add("params", own + " has a setting of its own, or none: remove it here"));
    }

    private void judgeGrant(Problems problems) {
        problems.require(
                (grant == Grant.REFRESH_TOKEN) == refreshToken.isPresent(),
                "refresh_token",
                grant == Grant.REFRESH_TOKEN
                        ? "is missing: what the first access token is asked for with"
                        : "goes with grant: refresh_token only");
        problems.require(
                (grant == Grant.JWT_BEARER) == assertion.isPresent(),
                "assertion",
                grant == Grant.JWT_BEARER
                        ? "is missing: what access is granted by"
                        : "goes with grant: jwt_bearer only");
        problems.require(
                grant != Grant.CLIENT_CREDENTIALS || clientSecret.isPresent() || clientAssertion.isPresent(),
                "client_secret",
                "is missing: without it the server cannot tell this client from any other");
    }

    private static void safe(Problems problems, String setting, Optional<URI> url) {
        url.ifPresent(given -> {
            try {
                ServerMetadata.requireSafe(given);
            } catch (IllegalArgumentException unsafe) {
                problems.add(setting, String.valueOf(unsafe.getMessage()));
            }
        });
    }
}
