package io.penstock.runner.plan;

import io.penstock.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the secrets of a plan out of a text, in every form in which they usually travel: plain, Base64 (three alignments),
 * hexadecimal, percent- and JSON-escaped.
 *
 * <p>The last step of everything that a run shows. Secrets below 6 bytes are left alone: they would be found by chance. Safe for
 * concurrent use.
 */
public final class Redaction {

    private static final int SHORTEST = 6;
    private static final String MASK = "***";

    /** Knows no secret. */
    public static final Redaction NONE = of(List.of());

    private final List<byte[]> forms;

    private Redaction(List<byte[]> forms) {
        this.forms = forms;
    }

    /** Knows these. */
    public static Redaction of(Collection<Secret> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(secret -> secret.reveal(text -> forms.addAll(forms(text))));
        return new Redaction(forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(form -> form.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** {@code text} without secrets. */
    public String hide(String text) {
        String hidden = text;
        for (byte[] form : forms) {
            hidden = hidden.replace(new String(form, StandardCharsets.UTF_8), MASK);
        }
        return hidden;
    }

    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>();
        if (bytes.length < SHORTEST) {
            return forms;
        }
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        for (int shift = 0; shift < 3; shift++) {
            forms.add(aligned(bytes, shift, Base64.getEncoder()));
            forms.add(aligned(bytes, shift, Base64.getUrlEncoder()));
        }
        return forms;
    }

    /** The characters of the Base64 form that depend on the secret alone when it starts {@code shift} bytes into a group. */
    private static String aligned(byte[] bytes, int shift, Base64.Encoder encoder) {
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int first = shift == 0 ? 0 : shift + 1;
        int whole = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(first, whole);
    }
}
