package io.penstock.auth.setting;

import io.penstock.auth.Auth;
import io.penstock.auth.Credential;
import io.penstock.auth.Placement;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import java.util.List;
import java.util.stream.Stream;

/** Fixed keys, and user names with passwords. */
final class KeySettings {

    private static final Setting<String> HEADER =
            Setting.optional("header", "Name of the header that is the key.", Types.text());
    private static final Setting<String> QUERY =
            Setting.optional("query", "Name of the query parameter that is the key.", Types.text());
    private static final Setting<String> COOKIE =
            Setting.optional("cookie", "Name of the cookie that is the key.", Types.text());
    private static final Setting<String> PREFIX = Setting.of(
            "prefix", "What stands before the key in the header or cookie, such as 'Token '.", Types.text(), "");
    private static final Setting<Secret> VALUE = Setting.required("value", "The key.", Types.secret());
    private static final Setting<String> USER = Setting.required("user", "The user name.", Types.text());
    private static final Setting<Secret> PASSWORD = Setting.required("password", "The password.", Types.secret());

    static final Setting<Credential> API_KEY = Setting.optional(
            "api_key",
            "A key in a header, a query parameter or a cookie.",
            Types.object(List.of(HEADER, QUERY, COOKIE, VALUE, PREFIX), KeySettings::apiKey));
    static final Setting<Secret> BEARER =
            Setting.optional("bearer", "A token, sent as Authorization: Bearer.", Types.secret());
    static final Setting<Credential> BASIC = Setting.optional(
            "basic",
            "User name and password, sent as Authorization: Basic.",
            Types.object(
                    List.of(USER, PASSWORD),
                    basic -> Credential.of(Auth.basic(basic.value(USER), basic.value(PASSWORD)))));
    static final Setting<Credential> DIGEST = Setting.optional(
            "digest",
            "User name and password, by challenge and digest (RFC 7616).",
            Types.object(List.of(USER, PASSWORD), KeySettings::digest));

    /** Where a key or token stands, among the settings of a scheme. */
    static final List<Setting<?>> PLACE = List.of(HEADER, QUERY, COOKIE, PREFIX);

    private KeySettings() {}

    private static Credential apiKey(Config key) {
        if (named(key) != 1) {
            throw new IllegalArgumentException("name one of header, query and cookie that is the key, "
                    + "such as { header: X-Api-Key, value: \"${env:API_KEY}\" }");
        }
        return Credential.of(place(key, Placement.bearer()).of(key.value(VALUE)));
    }

    private static Credential digest(Config login) {
        String user = login.value(USER);
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name must not hold a colon");
        }
        return means -> Auth.digest(user, login.value(PASSWORD), means.time().random());
    }

    private static long named(Config key) {
        return Stream.of(HEADER, QUERY, COOKIE).filter(key::has).count();
    }

    /** Where {@code config} says a key stands. */
    static Placement place(Config config, Placement otherwise) {
        if (named(config) > 1) {
            throw new IllegalArgumentException("name one of header, query and cookie, found several");
        }
        String prefix = config.value(PREFIX);
        if (config.has(HEADER)) {
            return Placement.header(config.value(HEADER), prefix);
        }
        if (config.has(QUERY)) {
            return Placement.query(config.value(QUERY)).after(prefix);
        }
        return config.has(COOKIE) ? Placement.cookie(config.value(COOKIE)).after(prefix) : otherwise;
    }
}
