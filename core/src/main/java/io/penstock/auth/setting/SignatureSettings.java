package io.penstock.auth.setting;

import io.penstock.auth.Auth;
import io.penstock.auth.Credential;
import io.penstock.auth.sign.AwsCredentials;
import io.penstock.auth.sign.AwsSignature;
import io.penstock.auth.sign.ByteText;
import io.penstock.auth.sign.HmacSigning;
import io.penstock.auth.sign.TimeText;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import java.util.List;
import java.util.Map;

/** Signatures over each request. */
final class SignatureSettings {

    private static final Setting<Secret> KEY = Setting.required("key", "The key to sign with.", Types.secret());
    private static final Setting<ByteText> KEY_ENCODING =
            Setting.of("key_encoding", "How the key is written.", Types.oneOf(ByteText.class), "text");
    private static final Setting<String> KEY_ID =
            Setting.of("key_id", "Which key it is, as the server knows it: {key_id} in headers.", Types.text(), "");
    private static final Setting<HmacSigning.Hash> HASH =
            Setting.of("hash", "The hash that is keyed.", Types.oneOf(HmacSigning.Hash.class), "sha256");
    private static final Setting<String> TEMPLATE = Setting.required(
            "template",
            "What is signed: text with {method}, {host}, {path}, {query}, {sorted_query}, {path_and_query}, {url}, {header:Name},"
                    + " {body}, {body_sha256}, {body_sha256_base64}, {body_sha512}, {body_sha512_base64}, {body_md5},"
                    + " {body_md5_base64}, {timestamp}, {nonce} and {key_id} in it.",
            Types.text());
    private static final Setting<ByteText> ENCODING =
            Setting.of("encoding", "How the signature is written.", Types.oneOf(ByteText.class), "hex");
    private static final Setting<TimeText> TIMESTAMP =
            Setting.of("timestamp", "How {timestamp} is written.", Types.oneOf(TimeText.class), "unix");
    private static final Setting<Map<String, String>> HEADERS = Setting.of(
            "headers",
            "Headers of each request, with the names of template and {signature} in them, such as"
                    + " { X-Timestamp: \"{timestamp}\", X-Signature: \"{signature}\" }.",
            Types.mapOf(Types.text()),
            Map.of());
    private static final Setting<String> QUERY =
            Setting.optional("query", "Name of the query parameter that is the signature.", Types.text());

    private static final Setting<String> ACCESS_KEY_ID =
            Setting.required("access_key_id", "Which key it is, such as AKIAIOSFODNN7EXAMPLE.", Types.text());
    private static final Setting<Secret> SECRET_ACCESS_KEY =
            Setting.required("secret_access_key", "The key.", Types.secret());
    private static final Setting<Secret> SESSION_TOKEN =
            Setting.optional("session_token", "The token of temporary credentials.", Types.secret());
    private static final Setting<String> REGION =
            Setting.required("region", "Where the service is, such as eu-central-1.", Types.text());
    private static final Setting<String> SERVICE =
            Setting.required("service", "As signatures name it, such as s3 or execute-api.", Types.text());

    static final Setting<Credential> HMAC = Setting.optional(
            "hmac",
            "A keyed hash over each request, by a template.",
            Types.object(
                    List.of(KEY, KEY_ENCODING, KEY_ID, HASH, TEMPLATE, ENCODING, TIMESTAMP, HEADERS, QUERY),
                    SignatureSettings::hmac));
    static final Setting<Credential> AWS = Setting.optional(
            "aws",
            "AWS Signature Version 4.",
            Types.object(
                    List.of(ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN, REGION, SERVICE), SignatureSettings::aws));

    private SignatureSettings() {}

    private static Credential hmac(Config config) {
        HmacSigning.Builder builder = HmacSigning.builder(config.value(KEY), config.value(TEMPLATE))
                .keyText(config.value(KEY_ENCODING))
                .keyId(config.value(KEY_ID))
                .hash(config.value(HASH))
                .signatureText(config.value(ENCODING))
                .time(config.value(TIMESTAMP));
        config.value(HEADERS).forEach(builder::header);
        config.optional(QUERY).ifPresent(builder::query);
        HmacSigning signing = AuthSettings.built(builder::build);
        return means -> Auth.signed(signing, means.time().clock(), means.time().random());
    }

    private static Credential aws(Config config) {
        AwsCredentials credentials = new AwsCredentials(
                config.value(ACCESS_KEY_ID), config.value(SECRET_ACCESS_KEY), config.optional(SESSION_TOKEN));
        AwsSignature signature = AwsSignature.of(credentials, config.value(REGION), config.value(SERVICE));
        return means -> Auth.aws(signature, means.time().clock());
    }
}
