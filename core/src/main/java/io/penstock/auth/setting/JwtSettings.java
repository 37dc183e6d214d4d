package io.penstock.auth.setting;

import io.penstock.auth.Auth;
import io.penstock.auth.Credential;
import io.penstock.auth.Placement;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.jwt.SigningKey;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens that we sign ourselves. */
final class JwtSettings {

    private static final Setting<JwtAlgorithm> ALGORITHM =
            Setting.required("algorithm", "How it is signed.", Types.oneOf(JwtAlgorithm.class));
    private static final Setting<Secret> KEY = Setting.required(
            "key",
            "The key: PEM text in PKCS#8 form, such as ${file:account.key}; for hs256 a shared secret of at least 32 bytes.",
            Types.secret());
    private static final Setting<String> KEY_ID =
            Setting.optional("key_id", "What the server knows the key by: kid.", Types.text());
    private static final Setting<String> ISSUER = Setting.optional("issuer", "Who says so: iss.", Types.text());
    private static final Setting<String> SUBJECT = Setting.optional("subject", "Of whom: sub.", Types.text());
    private static final Setting<List<String>> AUDIENCE = Setting.of(
            "audience", "To whom: aud, exactly as the server wants it.", Types.listOf(Types.text()), List.of());
    private static final Setting<Map<String, String>> CLAIMS =
            Setting.of("claims", "More claims, as text, such as scope.", Types.mapOf(Types.text()), Map.of());
    private static final Setting<Duration> LIFETIME =
            Setting.of("lifetime", "How long one holds, at most 1h.", Types.duration(), "5m");

    static final Setting<Credential> JWT = Setting.optional(
            "jwt",
            "A token that we sign ourselves, a new one for each request: for service accounts. Sent as Authorization: Bearer unless"
                    + " header, query or cookie says where.",
            Types.object(
                    Stream.<Setting<?>>concat(
                                    Stream.<Setting<?>>of(
                                            ALGORITHM, KEY, KEY_ID, ISSUER, SUBJECT, AUDIENCE, CLAIMS, LIFETIME),
                                    KeySettings.PLACE.stream())
                            .toList(),
                    JwtSettings::jwt));

    private JwtSettings() {}

    private static Credential jwt(Config config) {
        SigningKey key = SigningKey.of(config.value(ALGORITHM), config.value(KEY));
        JwtAssertion.Builder builder = JwtAssertion.builder(
                        config.optional(KEY_ID).map(key::named).orElse(key))
                .claims(config.value(CLAIMS))
                .lifetime(config.value(LIFETIME));
        config.optional(ISSUER).ifPresent(builder::issuer);
        config.optional(SUBJECT).ifPresent(builder::subject);
        if (!config.value(AUDIENCE).isEmpty()) {
            builder.audience(config.value(AUDIENCE).toArray(String[]::new));
        }
        JwtAssertion assertion = AuthSettings.built(builder::build);
        Placement place = KeySettings.place(config, Placement.bearer());
        return means ->
                Auth.jwt(assertion, place, means.time().clock(), means.time().random());
    }
}
