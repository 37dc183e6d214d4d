package io.penstock.auth.setting;

import io.penstock.auth.Auth;
import io.penstock.auth.Credential;
import io.penstock.auth.Placement;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.jwt.SigningKey;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import java.util.List;
import java.util.stream.Stream;

/** Tokens that we sign ourselves. */
final class JwtSettings {

    private static final Setting<String> ISSUER = Setting.optional(
            "issuer", "Who says so: iss. By default the account of the key's own JSON, if it names one.", Types.text());
    private static final Setting<List<String>> AUDIENCE = Setting.of(
            "audience", "To whom: aud, exactly as the server wants it.", Types.listOf(Types.text()), List.of());
    static final Setting<Credential> JWT = Setting.optional(
            "jwt",
            "A token that we sign ourselves, a new one for each request: for service accounts. Sent as Authorization: Bearer unless"
                    + " header, query or cookie says where.",
            Types.object(
                    Stream.<Setting<?>>concat(
                                    Stream.<Setting<?>>of(
                                            AssertionSettings.ALGORITHM,
                                            AssertionSettings.KEY,
                                            AssertionSettings.KEY_ID,
                                            ISSUER,
                                            AssertionSettings.SUBJECT,
                                            AUDIENCE,
                                            AssertionSettings.CLAIMS,
                                            AssertionSettings.LIFETIME),
                                    KeySettings.PLACE.stream())
                            .toList(),
                    JwtSettings::jwt));

    private JwtSettings() {}

    private static Credential jwt(Config config) {
        SigningKey key = AssertionSettings.key(config);
        JwtAssertion.Builder builder = JwtAssertion.builder(key)
                .claims(config.value(AssertionSettings.CLAIMS))
                .lifetime(config.value(AssertionSettings.LIFETIME));
        config.optional(ISSUER).or(key::account).ifPresent(builder::issuer);
        config.optional(AssertionSettings.SUBJECT).ifPresent(builder::subject);
        if (!config.value(AUDIENCE).isEmpty()) {
            builder.audience(config.value(AUDIENCE).toArray(String[]::new));
        }
        JwtAssertion assertion = AuthSettings.built(builder::build);
        Placement place = KeySettings.place(config, Placement.bearer());
        return means ->
                Auth.jwt(assertion, place, means.time().clock(), means.time().random());
    }
}
