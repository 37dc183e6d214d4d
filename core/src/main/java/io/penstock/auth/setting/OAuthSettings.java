package io.penstock.auth.setting;

import io.penstock.auth.oauth.AssertionMaker;
import io.penstock.auth.oauth.Grant;
import io.penstock.auth.oauth.OAuth;
import io.penstock.auth.oauth.OAuthBuilder;
import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a plan says of an OAuth 2.0 client. */
final class OAuthSettings {

    /** Where a client's secret stands in a token request. */
    private enum Place {
        /** Authorization header. */
        BASIC,
        /** Form. */
        BODY
    }

    private static final Setting<Grant> GRANT = Setting.required(
            "grant",
            "How access is granted: to the client itself; by a refresh token; by a person's browser or other device, after"
                    + " `penstock login`; by a signed assertion.",
            Types.oneOf(Grant.class));
    private static final Setting<URI> ISSUER = Setting.optional(
            "issuer", "The server's name, whose metadata tell the URLs that are not given.", Types.url());
    private static final Setting<URI> TOKEN_URL = Setting.optional("token_url", "Where tokens are given.", Types.url());
    private static final Setting<URI> AUTHORIZATION_URL =
            Setting.optional("authorization_url", "Where a browser is sent to log in.", Types.url());
    private static final Setting<URI> DEVICE_URL =
            Setting.optional("device_url", "Where a login on another device begins.", Types.url());
    private static final Setting<String> CLIENT_ID = Setting.optional(
            "client_id", "The client's name; needless with jwt_bearer where the assertion says it all.", Types.text());
    private static final Setting<Secret> CLIENT_SECRET =
            Setting.optional("client_secret", "The client's secret, if it has one.", Types.secret());
    private static final Setting<Place> CLIENT_AUTH = Setting.of(
            "client_auth",
            "Whether the secret goes into a header or into the form.",
            Types.oneOf(Place.class),
            "basic");
    private static final Setting<AssertionSettings> CLIENT_KEY = Setting.optional(
            "client_key",
            "The key that the client signs with instead of sending a secret: private_key_jwt.",
            AssertionSettings.CLIENT);
    private static final Setting<Secret> REFRESH_TOKEN = Setting.optional(
            "refresh_token",
            "The first refresh token, for that grant; what replaces it is kept in the credentials folder.",
            Types.secret());
    private static final Setting<Secret> ASSERTION = Setting.optional(
            "assertion", "A signed assertion made elsewhere, for the grant jwt_bearer.", Types.secret());
    private static final Setting<AssertionSettings> ASSERTION_KEY = Setting.optional(
            "assertion_key",
            "The key that assertions are signed with, for the grant jwt_bearer, such as that of a service account.",
            AssertionSettings.GRANT);
    private static final Setting<List<String>> SCOPES =
            Setting.of("scopes", "The rights to ask for.", Types.listOf(Types.text()), List.of());
    private static final Setting<String> AUDIENCE =
            Setting.optional("audience", "Whom the token is for, where the server wants to be told.", Types.text());
    private static final Setting<Map<String, String>> PARAMS = Setting.of(
            "params",
            "Further parameters of token requests and of the login's URL.",
            Types.mapOf(Types.text()),
            Map.of());
    private static final Setting<String> CREDENTIAL = Setting.of(
            "credential", "A name to keep it under, where one connection has several of one client.", Types.text(), "");
    private static final Setting<Boolean> ASSUME_BEARER = Setting.of(
            "assume_bearer",
            "Takes a token whose type the server does not tell for a bearer token.",
            Types.bool(),
            false);

    /** An OAuth client, as a mapping of its settings. */
    static final Type<OAuth> TYPE = Types.object(
            List.of(
                    GRANT,
                    ISSUER,
                    TOKEN_URL,
                    AUTHORIZATION_URL,
                    DEVICE_URL,
                    CLIENT_ID,
                    CLIENT_SECRET,
                    CLIENT_AUTH,
                    CLIENT_KEY,
                    REFRESH_TOKEN,
                    ASSERTION,
                    ASSERTION_KEY,
                    SCOPES,
                    AUDIENCE,
                    PARAMS,
                    CREDENTIAL,
                    ASSUME_BEARER),
            OAuthSettings::oauth);

    private OAuthSettings() {}

    private static OAuth oauth(Config config) {
        OAuthBuilder oauth =
                OAuth.with(config.value(GRANT)).scopes(config.value(SCOPES)).name(config.value(CREDENTIAL));
        config.optional(ISSUER).ifPresent(oauth::issuer);
        config.optional(TOKEN_URL).ifPresent(oauth::tokenUrl);
        config.optional(AUTHORIZATION_URL).ifPresent(oauth::authorizationUrl);
        config.optional(DEVICE_URL).ifPresent(oauth::deviceUrl);
        config.optional(REFRESH_TOKEN).ifPresent(oauth::refreshToken);
        config.optional(AUDIENCE).ifPresent(oauth::audience);
        config.value(PARAMS).forEach(oauth::param);
        if (config.value(ASSUME_BEARER)) {
            oauth.assumeBearer();
        }
        addClient(oauth, config);
        addAssertion(oauth, config);
        List<Problems.Problem> wrong = oauth.problems();
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(
                    wrong.stream().map(Problems.Problem::toString).collect(Collectors.joining("; ")));
        }
        return oauth.build();
    }

    private static void addClient(OAuthBuilder oauth, Config config) {
        String id = config.optional(CLIENT_ID).orElse("");
        oauth.client(id);
        config.optional(CLIENT_SECRET).ifPresent(secret -> oauth.client(id, secret));
        config.optional(CLIENT_KEY).ifPresent(key -> oauth.client(id, AssertionMaker.of(key.ofClient(id))));
        if (config.value(CLIENT_AUTH) == Place.BODY) {
            oauth.secretInBody();
        }
    }

    private static void addAssertion(OAuthBuilder oauth, Config config) {
        if (config.has(ASSERTION) && config.has(ASSERTION_KEY)) {
            throw new IllegalArgumentException("assertion: goes without assertion_key: remove one of them");
        }
        config.optional(ASSERTION).ifPresent(made -> oauth.assertion(AssertionMaker.of(made)));
        config.optional(ASSERTION_KEY)
                .map(key -> key.ofGrant(config.optional(CLIENT_ID).orElse("")))
                .ifPresent(assertion -> oauth.assertion(AssertionMaker.of(assertion)));
    }
}
