package io.penstock.connectors.reference;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;

/** The three ways in which the model API knows a caller. */
final class Credentials {

    static final Setting<Secret> TOKEN =
            Setting.optional("token", "Bearer token, sent as Authorization header.", Types.secret());
    static final Setting<Secret> API_KEY = Setting.optional("api_key", "Key, sent as X-Api-Key.", Types.secret());
    static final Setting<String> USER = Setting.optional("user", "User name of basic authentication.", Types.text());
    static final Setting<Secret> PASSWORD =
            Setting.optional("password", "Password of basic authentication.", Types.secret());

    private Credentials() {}

    /**
     * The one credential that is configured, or none.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if there is more than one, or half of one
     */
    static Authenticator of(Config config) {
        require(config);
        if (config.has(TOKEN)) {
            return Auth.bearer(config.value(TOKEN));
        }
        if (config.has(API_KEY)) {
            return Auth.header("X-Api-Key", "", config.value(API_KEY));
        }
        return config.has(USER) ? Auth.basic(config.value(USER), config.value(PASSWORD)) : Auth.none();
    }

    private static void require(Config config) {
        Problems problems = new Problems();
        boolean user = config.has(USER);
        problems.require(user == config.has(PASSWORD), "user", "user and password go together: give both or none");
        int ways = (config.has(TOKEN) ? 1 : 0) + (config.has(API_KEY) ? 1 : 0) + (user ? 1 : 0);
        problems.require(ways <= 1, "token", "token, api_key and user exclude each other: keep one of them");
        problems.throwIfAny("the reference source");
    }
}
