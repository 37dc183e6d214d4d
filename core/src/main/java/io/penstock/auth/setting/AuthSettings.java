package io.penstock.auth.setting;

import io.penstock.auth.Auth;
import io.penstock.auth.Credential;
import io.penstock.auth.oauth.OAuth;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The ways in which a plan can name a credential. */
public final class AuthSettings {

    private static final Setting<OAuth> OAUTH2 =
            Setting.optional("oauth2", "An OAuth 2.0 access token, kept fresh.", OAuthSettings.TYPE);

    private static final List<Setting<?>> SINGLE = List.of(
            KeySettings.API_KEY,
            KeySettings.BEARER,
            KeySettings.BASIC,
            KeySettings.DIGEST,
            OAUTH2,
            SessionSettings.SESSION,
            JwtSettings.JWT,
            SignatureSettings.HMAC,
            SignatureSettings.AWS);

    private static final Setting<List<Credential>> ALL = Setting.optional(
            "all",
            "Several on each request, such as an API key and a bearer token.",
            Types.listOf(Types.object(SINGLE, config -> one(config, SINGLE))));

    private static final List<Setting<?>> MEMBER = with(SINGLE, ALL);

    private static final Setting<List<Credential>> POOL = Setting.optional(
            "pool",
            "One of several on each request, each with limits of its own: the one that has most left. One that is refused leaves"
                    + " the pool.",
            Types.listOf(Types.object(MEMBER, config -> one(config, MEMBER))));

    private static final List<Setting<?>> EVERY = with(MEMBER, POOL);

    /** One of them, as a mapping with one name in it. */
    public static final Type<Credential> TYPE = Types.object(EVERY, config -> one(config, EVERY));

    private AuthSettings() {}

    private static List<Setting<?>> with(List<Setting<?>> some, Setting<?> one) {
        List<Setting<?>> more = new ArrayList<>(some);
        more.add(one);
        return List.copyOf(more);
    }

    private static Credential one(Config auth, List<Setting<?>> ways) {
        List<String> given = ways.stream().filter(auth::has).map(Setting::name).toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("expected exactly one of "
                    + String.join(", ", ways.stream().map(Setting::name).toList()) + ", found "
                    + (given.isEmpty() ? "none" : String.join(" and ", given) + ": for several at once use all"));
        }
        return single(auth)
                .or(() -> auth.optional(ALL).map(Credential::all))
                .or(() -> auth.optional(POOL).map(Credential::pool))
                .orElseThrow();
    }

    private static Optional<Credential> single(Config auth) {
        return auth.optional(KeySettings.API_KEY)
                .or(() -> auth.optional(KeySettings.BEARER).map(token -> Credential.of(Auth.bearer(token))))
                .or(() -> auth.optional(KeySettings.BASIC))
                .or(() -> auth.optional(KeySettings.DIGEST))
                .or(() -> auth.optional(OAUTH2).map(oauth -> oauth))
                .or(() -> auth.optional(SessionSettings.SESSION))
                .or(() -> auth.optional(JwtSettings.JWT))
                .or(() -> auth.optional(SignatureSettings.HMAC))
                .or(() -> auth.optional(SignatureSettings.AWS));
    }

    /** What {@code build} makes; its problems become problems of the plan. */
    static <T> T built(Supplier<T> build) {
        try {
            return build.get();
        } catch (ConfigError wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }
}
