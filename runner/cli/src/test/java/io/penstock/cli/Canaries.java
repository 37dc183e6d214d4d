package io.penstock.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Secrets that are planted to be looked for. The forms they are looked for in are worked out here once more, so that what hides them
 * cannot hide its own mistakes.
 */
final class Canaries {

    private static final List<String> NAMES = List.of(
            "bearer",
            "password",
            "header-key",
            "query-key",
            "vault-value",
            "vault-value-rotated",
            "vault-session",
            "vault-secret-id",
            "aws-value",
            "aws-sibling",
            "aws-access-key",
            "aws-secret-key",
            "aws-session-token",
            "header-text");

    private final Map<String, String> secrets = new LinkedHashMap<>();

    Canaries() {
        for (String name : NAMES) {
            secrets.put(name, "c4n4ry-" + name + "/Zq+9=" + Integer.toHexString(name.hashCode()));
        }
    }

    String of(String name) {
        return secrets.get(name);
    }

    int count() {
        return secrets.size();
    }

    /** Every place in {@code texts}, by name, at which a secret stands in one of its forms. */
    List<String> hits(Map<String, String> texts) {
        List<String> hits = new ArrayList<>();
        texts.forEach((place, text) ->
                secrets.forEach((name, secret) -> forms(secret).forEach((kind, form) -> {
                    int at = text.indexOf(form);
                    if (at >= 0) {
                        hits.add(place + ": " + name + " (" + kind + ") in "
                                + text.substring(
                                        Math.max(0, at - 80), Math.min(text.length(), at + form.length() + 20)));
                    }
                })));
        return hits;
    }

    /** The eight kinds of forms. */
    static Map<String, String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", secret);
        for (int shift = 0; shift < 3; shift++) {
            forms.put("base64 at " + shift, inner(Base64.getEncoder(), bytes, shift));
            forms.put("base64url at " + shift, inner(Base64.getUrlEncoder(), bytes, shift));
        }
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("HEX", HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        forms.put("percent", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.put("json", secret.replace("/", "\\/"));
        return forms;
    }

    /** The groups of four that hold nothing but the secret, wherever it stands. */
    private static String inner(Base64.Encoder encoder, byte[] secret, int shift) {
        byte[] around = new byte[shift + secret.length + 3];
        java.util.Arrays.fill(around, (byte) '.');
        System.arraycopy(secret, 0, around, shift, secret.length);
        int first = shift == 0 ? 0 : 4;
        int groups = (shift + secret.length) / 3 * 4;
        return encoder.encodeToString(around).substring(first, groups);
    }

    /** All files below {@code folder}, as texts by name. */
    static Map<String, String> files(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return texts;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
