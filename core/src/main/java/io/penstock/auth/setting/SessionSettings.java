package io.penstock.auth.setting;

import io.penstock.auth.Credential;
import io.penstock.auth.Placement;
import io.penstock.auth.SessionLogin;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.message.Origin;
import io.penstock.record.Pointer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** Logging in, and staying so. */
final class SessionSettings {

    private static final Setting<URI> URL = Setting.required("url", "Where the login is posted to.", Types.url());
    private static final Setting<Map<String, String>> FIELDS = Setting.of(
            "fields", "What is posted and may be seen, such as the user name.", Types.mapOf(Types.text()), Map.of());
    private static final Setting<Map<String, Secret>> SECRETS = Setting.required(
            "secrets",
            "What is posted and may not, such as { password: \"${env:PASSWORD}\" }.",
            Types.mapOf(Types.secret()));
    private static final Setting<Boolean> FORM =
            Setting.of("form", "Posts a form instead of a JSON object.", Types.bool(), false);
    private static final Setting<Pointer> TOKEN_AT = Setting.optional(
            "token_at",
            "JSON Pointer to the token in the answer, such as /data/token.",
            Types.parsed("JSON Pointer such as /data/token", Pointer::of));
    private static final Setting<String> TOKEN_HEADER =
            Setting.optional("token_header", "Header of the answer that is the token.", Types.text());
    private static final Setting<String> TOKEN_COOKIE = Setting.optional(
            "token_cookie", "Cookie that the answer sets, sent back as the same cookie.", Types.text());
    private static final Setting<Duration> LIFETIME = Setting.optional(
            "lifetime", "How long a session holds; by default until the server refuses it.", Types.duration());

    static final Setting<Credential> SESSION = Setting.optional(
            "session",
            "Logs in by a post, once for all requests, and again when the server refuses the token with 401. Sent as Authorization:"
                    + " Bearer, or the cookie it came as, unless header, query or cookie says where.",
            Types.object(
                    Stream.<Setting<?>>concat(
                                    Stream.<Setting<?>>of(
                                            URL, FIELDS, SECRETS, FORM, TOKEN_AT, TOKEN_HEADER, TOKEN_COOKIE, LIFETIME),
                                    KeySettings.PLACE.stream())
                            .toList(),
                    SessionSettings::session));

    private SessionSettings() {}

    private static Credential session(Config config) {
        if (Stream.of(TOKEN_AT, TOKEN_HEADER, TOKEN_COOKIE).filter(config::has).count() != 1) {
            throw new IllegalArgumentException(
                    "say once where the answer has the token: token_at, token_header or token_cookie");
        }
        Origin server = Origin.of(config.value(URL));
        if (!server.confidential()) {
            throw new IllegalArgumentException(
                    "url: a login is sent over TLS only, or on this machine: expected an https URL, found " + server);
        }
        SessionLogin.Builder login = SessionLogin.at(config.value(URL));
        config.value(FIELDS).forEach(login::field);
        config.value(SECRETS).forEach(login::field);
        config.optional(TOKEN_AT).ifPresent(login::tokenAt);
        config.optional(TOKEN_HEADER).ifPresent(login::tokenInHeader);
        config.optional(TOKEN_COOKIE).ifPresent(login::tokenInCookie);
        config.optional(LIFETIME).ifPresent(login::lifetime);
        if (config.value(FORM)) {
            login.asForm();
        }
        Placement own = config.optional(TOKEN_COOKIE).map(Placement::cookie).orElseGet(Placement::bearer);
        login.sentAs(KeySettings.place(config, own));
        return AuthSettings.built(login::build);
    }
}
