package io.penstock.auth.setting;

import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.jwt.SigningKey;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A key, and what is said with it.
 *
 * @param key signs
 * @param config what else is set
 */
record AssertionSettings(SigningKey key, Config config) {

    static final Setting<JwtAlgorithm> ALGORITHM =
            Setting.required("algorithm", "How it is signed.", Types.oneOf(JwtAlgorithm.class));
    static final Setting<Secret> KEY = Setting.required(
            "key",
            "The key, such as ${file:account.key}: PEM text in PKCS#8 form, a JWK, or the JSON file of a service account; for hs256"
                    + " also a shared secret of at least 32 bytes.",
            Types.secret());
    static final Setting<String> KEY_ID = Setting.optional(
            "key_id", "What the server knows the key by: kid. By default what the key's own JSON says.", Types.text());
    private static final Setting<String> ISSUER = Setting.optional(
            "issuer", "Who says so: iss. By default the account of the key's own JSON, else client_id.", Types.text());
    static final Setting<String> SUBJECT = Setting.optional("subject", "Of whom: sub.", Types.text());
    static final Setting<Map<String, String>> CLAIMS =
            Setting.of("claims", "More claims, as text, such as scope.", Types.mapOf(Types.text()), Map.of());
    static final Setting<Duration> LIFETIME =
            Setting.of("lifetime", "How long one holds, at most 1h.", Types.duration(), "5m");

    private static final Setting<List<String>> SERVER = Setting.of(
            "audience",
            "To whom: aud, exactly as the server wants it; by default its token endpoint.",
            Types.listOf(Types.text()),
            List.of());

    /** What a client proves itself with: of itself, to the server. */
    static final Type<AssertionSettings> CLIENT =
            Types.object(List.of(ALGORITHM, KEY, KEY_ID, SERVER, LIFETIME), AssertionSettings::of);

    /** What a grant is asked for with. */
    static final Type<AssertionSettings> GRANT = Types.object(
            List.of(ALGORITHM, KEY, KEY_ID, ISSUER, SUBJECT, SERVER, CLAIMS, LIFETIME), AssertionSettings::of);

    private static AssertionSettings of(Config config) {
        return new AssertionSettings(key(config), config);
    }

    /** The key under its name. */
    static SigningKey key(Config config) {
        SigningKey key = SigningKey.of(config.value(ALGORITHM), config.value(KEY));
        return config.optional(KEY_ID).map(key::named).orElse(key);
    }

    /** What the client called {@code client} says of itself. */
    JwtAssertion ofClient(String client) {
        return to(JwtAssertion.builder(key).issuer(client).subject(client));
    }

    /** What is said to be granted access; {@code client} says it where nobody else is named. */
    JwtAssertion ofGrant(String client) {
        String issuer = config.optional(ISSUER).or(key::account).orElse(client);
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException(
                    "assertion_key.issuer: is missing: who the assertion is of, such as the account's name");
        }
        return to(JwtAssertion.builder(key)
                .issuer(issuer)
                .subject(config.optional(SUBJECT).orElse(issuer))
                .claims(config.value(CLAIMS)));
    }

    private JwtAssertion to(JwtAssertion.Builder builder) {
        builder.lifetime(config.value(LIFETIME));
        if (!config.value(SERVER).isEmpty()) {
            builder.audience(config.value(SERVER).toArray(String[]::new));
        }
        return AuthSettings.built(builder::build);
    }
}
