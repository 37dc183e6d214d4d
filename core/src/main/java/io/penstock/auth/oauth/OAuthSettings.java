package io.penstock.auth.oauth;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.net.URI;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What a plan says of an OAuth 2.0 client; for every source that talks HTTP. */
public final class OAuthSettings {

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
    private static final Setting<String> CLIENT_ID = Setting.required("client_id", "The client's name.", Types.text());
    private static final Setting<Secret> CLIENT_SECRET =
            Setting.optional("client_secret", "The client's secret, if it has one.", Types.secret());
    private static final Setting<Place> CLIENT_AUTH = Setting.of(
            "client_auth",
            "Whether the secret goes into a header or into the form.",
            Types.oneOf(Place.class),
            "basic");
    private static final Setting<Secret> REFRESH_TOKEN = Setting.optional(
            "refresh_token",
            "The first refresh token, for that grant; what replaces it is kept in the credentials folder.",
            Types.secret());
    private static final Setting<Secret> ASSERTION = Setting.optional(
            "assertion", "A signed assertion made elsewhere, for the grant jwt_bearer.", Types.secret());
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
    public static final Type<OAuth> TYPE = Types.object(
            List.of(
                    GRANT,
                    ISSUER,
                    TOKEN_URL,
                    AUTHORIZATION_URL,
                    DEVICE_URL,
                    CLIENT_ID,
                    CLIENT_SECRET,
                    CLIENT_AUTH,
                    REFRESH_TOKEN,
                    ASSERTION,
                    SCOPES,
                    AUDIENCE,
                    PARAMS,
                    CREDENTIAL,
                    ASSUME_BEARER),
            OAuthSettings::oauth);

    private OAuthSettings() {}

    private static OAuth oauth(Config config) {
        OAuthBuilder oauth = OAuth.with(config.value(GRANT))
                .client(config.value(CLIENT_ID))
                .scopes(config.value(SCOPES))
                .name(config.value(CREDENTIAL));
        config.optional(ISSUER).ifPresent(oauth::issuer);
        config.optional(TOKEN_URL).ifPresent(oauth::tokenUrl);
        config.optional(AUTHORIZATION_URL).ifPresent(oauth::authorizationUrl);
        config.optional(DEVICE_URL).ifPresent(oauth::deviceUrl);
        config.optional(CLIENT_SECRET).ifPresent(secret -> oauth.client(config.value(CLIENT_ID), secret));
        config.optional(REFRESH_TOKEN).ifPresent(oauth::refreshToken);
        config.optional(ASSERTION).ifPresent(made -> oauth.assertion((url, time) -> Mono.just(made)));
        config.optional(AUDIENCE).ifPresent(oauth::audience);
        config.value(PARAMS).forEach(oauth::param);
        if (config.value(CLIENT_AUTH) == Place.BODY) {
            oauth.secretInBody();
        }
        if (config.value(ASSUME_BEARER)) {
            oauth.assumeBearer();
        }
        return oauth.made();
    }
}
