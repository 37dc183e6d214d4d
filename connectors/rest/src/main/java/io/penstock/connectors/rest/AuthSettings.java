package io.penstock.connectors.rest;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.oauth.OAuth;
import io.penstock.auth.oauth.OAuthSettings;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.util.List;

/** The ways in which a plan can name a credential. */
final class AuthSettings {

    private static final Setting<String> HEADER =
            Setting.optional("header", "Name of the header that is the key.", Types.text());
    private static final Setting<String> QUERY =
            Setting.optional("query", "Name of the query parameter that is the key.", Types.text());
    private static final Setting<Secret> VALUE = Setting.required("value", "The key.", Types.secret());
    private static final Setting<String> PREFIX =
            Setting.of("prefix", "What stands before the key in the header, such as 'Token '.", Types.text(), "");
    private static final Setting<String> USER = Setting.required("user", "The user name.", Types.text());
    private static final Setting<Secret> PASSWORD = Setting.required("password", "The password.", Types.secret());

    private static final Setting<Authenticator> API_KEY = Setting.optional(
            "api_key",
            "A key in a header or a query parameter.",
            Types.object(List.of(HEADER, QUERY, VALUE, PREFIX), AuthSettings::apiKey));
    private static final Setting<Secret> BEARER =
            Setting.optional("bearer", "A token, sent as Authorization: Bearer.", Types.secret());
    private static final Setting<Authenticator> BASIC = Setting.optional(
            "basic",
            "User name and password, sent as Authorization: Basic.",
            Types.object(List.of(USER, PASSWORD), basic -> Auth.basic(basic.value(USER), basic.value(PASSWORD))));

    private static final Setting<OAuth> OAUTH2 = Setting.optional(
            "oauth2",
            "An OAuth 2.0 client; its tokens are got, renewed and, where a person grants them, kept.",
            OAuthSettings.TYPE);

    /** One of them. */
    static final Type<Credential> TYPE = Types.object(List.of(API_KEY, BEARER, BASIC, OAUTH2), AuthSettings::one);

    private AuthSettings() {}

    private static Authenticator apiKey(Config key) {
        if (key.has(HEADER) == key.has(QUERY)) {
            throw new IllegalArgumentException("name either the header or the query parameter that is the key, "
                    + "such as { header: X-Api-Key, value: \"${env:API_KEY}\" }");
        }
        if (key.has(QUERY) && key.has(PREFIX)) {
            throw new IllegalArgumentException("a prefix goes with a header: remove prefix");
        }
        return key.has(HEADER)
                ? Auth.header(key.value(HEADER), key.value(PREFIX), key.value(VALUE))
                : Auth.query(key.value(QUERY), key.value(VALUE));
    }

    private static Credential one(Config auth) {
        long ways = List.of(API_KEY, BEARER, BASIC, OAUTH2).stream()
                .filter(auth::has)
                .count();
        if (ways != 1) {
            throw new IllegalArgumentException("expected exactly one of api_key, bearer, basic and oauth2, found "
                    + (ways == 0 ? "none" : ways + " of them"));
        }
        return auth.optional(API_KEY)
                .or(() -> auth.optional(BEARER).map(Auth::bearer))
                .or(() -> auth.optional(BASIC))
                .map(Credential::of)
                .or(() -> auth.optional(OAUTH2))
                .orElseThrow();
    }
}
