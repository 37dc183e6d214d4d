package io.penstock.auth.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HmacSigningTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.250Z");
    private static final URI PLACE = URI.create("https://api.example.com/v2/a%20b?z=1&b=2&a=%2F");

    private static ApiRequest post(String body) {
        return ApiRequest.of(Method.POST, PLACE).body("application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ApiRequest request, String name) {
        return request.headers().first(name).orElseThrow();
    }

    @Test
    void signsAsKnownReceiversExpectIt() {
        HmacSigning github = HmacSigning.builder(Secret.of("It's a Secret to Everybody"), "{body}")
                .header("X-Hub-Signature-256", "sha256={signature}")
                .build();
        assertThat(header(github.sign(post("Hello, World!"), NOW, "n"), "X-Hub-Signature-256"))
                .isEqualTo("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");

        HmacSigning stripe = HmacSigning.builder(Secret.of("whsec_penstock_example"), "{timestamp}.{body}")
                .header("Stripe-Signature", "t={timestamp},v1={signature}")
                .build();
        ApiRequest event = post("{\"id\":\"evt_1\",\"object\":\"event\"}");
        assertThat(header(stripe.sign(event, Instant.ofEpochSecond(1_700_000_000), "n"), "Stripe-Signature"))
                .isEqualTo("t=1700000000,v1=9b95bc759fdeec2d047ec71f243eaa0487296bcd6cd9e50d147bf7ee62dc613a");

        HmacSigning shopify = HmacSigning.builder(Secret.of("shpss_penstock_example"), "{body}")
                .signatureText(ByteText.BASE64)
                .header("X-Shopify-Hmac-Sha256", "{signature}")
                .build();
        assertThat(header(shopify.sign(event, NOW, "n"), "X-Shopify-Hmac-Sha256"))
                .isEqualTo("tjOh2l2UX810hK2+K3X946yyZ/zHH0UeA4oVld7GpTM=");

        HmacSigning standard = HmacSigning.builder(
                        Secret.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "{nonce}.{timestamp}.{body}")
                .keyText(ByteText.BASE64)
                .signatureText(ByteText.BASE64)
                .header("webhook-id", "{nonce}")
                .header("webhook-signature", "v1,{signature}")
                .build();
        ApiRequest message = post("{\"test\": 2432232314}");
        Instant then = Instant.ofEpochSecond(1_614_265_330);
        assertThat(header(standard.sign(message, then, "msg_p5jXN8AQM9LWM0D4loKWxJek"), "webhook-signature"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{method} {path}|POST /v2/a%20b",
                "{query}|z=1&b=2&a=%2F",
                "{sorted_query}|a=%2F&b=2&z=1",
                "{path_and_query}|/v2/a%20b?z=1&b=2&a=%2F",
                "{url}|https://api.example.com/v2/a%20b?z=1&b=2&a=%2F",
                "{host}|api.example.com",
                "{body_sha256}|2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                "{body_sha256_base64}|LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
                "{body_md5}|5d41402abc4b2a76b9719d911017c592",
                "{header:Content-Type};{header:Host}|application/json;api.example.com",
                "{nonce}/{key_id}|n1/k1",
                "{\"a\": {timestamp}}|{\"a\": 1769860800}"
            })
    void aTemplateSaysWhatIsReallySent(String template, String said) {
        Facts facts = new Facts(post("hello"), TimeText.UNIX.write(NOW), "n1", "k1", java.util.Optional.empty());
        assertThat(SignTemplate.of(template).text(facts)).isEqualTo(said);
    }

    @Test
    void headersThatAreSignedAreSetBefore() {
        HmacSigning signing = HmacSigning.builder(Secret.of("k"), "{header:Digest} {header:X-Time}")
                .time(TimeText.ISO8601)
                .header("X-Time", "{timestamp}")
                .header("Authorization", "HMAC {key_id}:{signature}")
                .header("Digest", "SHA-256={body_sha256_base64}")
                .keyId("me")
                .build();
        ApiRequest signed = signing.sign(post("hello"), NOW, "n");
        assertThat(header(signed, "X-Time")).isEqualTo("2026-01-31T12:00:00Z");
        byte[] text = "SHA-256=LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ= 2026-01-31T12:00:00Z"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(header(signed, "Authorization"))
                .isEqualTo("HMAC me:" + ByteText.HEX.write(Digests.keyed("HmacSHA256", new byte[] {'k'}, text)));
    }

    @Test
    void bytesThatAreNoTextAreSignedAsTheyAre() {
        byte[] body = {(byte) 0xFF, 0, (byte) 0xC3, 0x28};
        HmacSigning signing = HmacSigning.builder(Secret.of("k"), "{body}")
                .header("X-Sig", "{signature}")
                .build();
        ApiRequest request = ApiRequest.of(Method.POST, PLACE).body("application/octet-stream", body);
        assertThat(header(signing.sign(request, NOW, "n"), "X-Sig"))
                .isEqualTo(ByteText.HEX.write(Digests.keyed("HmacSHA256", new byte[] {'k'}, body)));
    }

    @ParameterizedTest
    @EnumSource(HmacSigning.Hash.class)
    void theSignatureMayStandInTheQueryAndIsThenTakenOffElsewhere(HmacSigning.Hash hash) {
        HmacSigning signing = HmacSigning.builder(Secret.of("k"), "{path_and_query}")
                .hash(hash)
                .query("sig")
                .build();
        assertThat(signing.queryNames()).containsExactly("sig");
        assertThat(signing.sign(post(""), NOW, "n").query("sig")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "UNIX, 1769860800",
        "UNIX_MS, 1769860800250",
        "ISO8601, 2026-01-31T12:00:00Z",
        "HTTP_DATE, 'Sat, 31 Jan 2026 12:00:00 GMT'"
    })
    void timeIsWrittenAsTheReceiverWantsIt(TimeText text, String written) {
        assertThat(text.write(NOW)).isEqualTo(written);
    }

    @Test
    void whatCanNeverBeSignedIsNamedAllAtOnce() {
        assertThatThrownBy(() -> HmacSigning.builder(Secret.of("no hex"), "{methd} {signature}")
                        .keyText(ByteText.HEX)
                        .header("Bad Name", "x")
                        .build())
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("{methd} stands for nothing: did you mean method?")
                .hasMessageContaining("key_encoding")
                .hasMessageContaining("headers.Bad Name")
                .hasMessageContaining("the signature goes nowhere")
                .hasMessageNotContaining("no hex");
        assertThatThrownBy(() -> HmacSigning.builder(Secret.of("k"), "{signature}")
                        .query("s")
                        .build())
                .hasMessageContaining("cannot be part of what is signed");
    }

    @Test
    void aHeaderThatIsMissingIsNamedAndNothingElseOfTheRequestIs() {
        HmacSigning signing = HmacSigning.builder(Secret.of("hunter2"), "{body}{header:X-Tenant}")
                .query("sig")
                .build();
        assertThatThrownBy(() -> signing.sign(post("b0dy"), NOW, "n"))
                .hasMessageContaining("X-Tenant")
                .hasMessageNotContaining("b0dy")
                .hasMessageNotContaining("hunter2");
    }
}
