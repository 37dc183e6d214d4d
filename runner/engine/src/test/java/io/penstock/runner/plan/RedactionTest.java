package io.penstock.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final String SECRET = "p+ss\"w/rd?of=shop";
    private final Redaction redaction = Redaction.of(List.of(Secret.of(SECRET), Secret.of("short")));

    @Test
    void hidesEveryFormASecretTravelsIn() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(redaction.hide("<" + SECRET + ">")).isEqualTo("<***>");
        assertThat(redaction.hide(URLEncoder.encode(SECRET, StandardCharsets.UTF_8)))
                .isEqualTo("***");
        assertThat(redaction.hide(HexFormat.of().formatHex(bytes))).isEqualTo("***");
        assertThat(redaction.hide(SECRET.replace("\"", "\\\""))).isEqualTo("***");
    }

    @Test
    void hidesItInBase64WhereverItStarts() {
        for (String before : List.of("", "a", "ab", "abc")) {
            String encoded =
                    Base64.getEncoder().encodeToString((before + SECRET + ":x").getBytes(StandardCharsets.UTF_8));
            assertThat(redaction.hide(encoded)).contains("***").hasSizeLessThan(before.length() + 14);
        }
    }

    @Test
    void leavesShortSecretsToTheStructuralLayer() {
        assertThat(redaction.hide("a short text")).isEqualTo("a short text");
    }
}
