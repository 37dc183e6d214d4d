package io.penstock.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Whatever the secret and the text: what comes out does not hold the secret, the text around it stays, and hiding twice is hiding once.
 * The first byte says how many of the next are the secret. Budget: 15 s replayed.
 */
class RedactionFuzzTest {

    @FuzzTest(maxDuration = "15s")
    void hide(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        int end = Math.min(bytes.length, 1 + (bytes[0] & 0xFF));
        String secret = new String(bytes, 1, end - 1, StandardCharsets.UTF_8);
        String text = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8);
        byte[] encoded = secret.getBytes(StandardCharsets.UTF_8);
        Redaction redaction = Redaction.empty();
        if (secret.isEmpty() || Redaction.MASK.contains(secret) || secret.contains("*")) {
            redaction.hide(text); // a secret of mask characters cannot be told from a mask
            return;
        }
        redaction.learn(secret);
        assertThat(redaction.hideKnown(redaction.hideKnown(text))).isEqualTo(redaction.hideKnown(text));
        if (encoded.length < Redaction.SHORTEST) {
            assertThat(redaction.hideKnown(text)).isEqualTo(text);
            return;
        }
        hidden(redaction, secret, text);
        hidden(redaction, HexFormat.of().formatHex(encoded), text);
        hidden(redaction, Base64.getEncoder().withoutPadding().encodeToString(encoded), text);
    }

    private static void hidden(Redaction redaction, String form, String text) {
        if (form.length() >= 8) {
            String shown = redaction.hideKnown("<" + form + ">" + text);
            assertThat(shown).doesNotContain(form);
            assertThat(shown.length()).isLessThanOrEqualTo(form.length() + text.length() + 5);
        }
    }
}
