package io.penstock.auth.oauth;

import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code application/x-www-form-urlencoded}. */
final class Form {

    private Form() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** A POST whose refusal is an answer too. */
    static ApiRequest post(URI url, Map<String, String> form) {
        return ApiRequest.of(Method.POST, url)
                .header("Accept", "application/json")
                .body("application/x-www-form-urlencoded", encode(form).getBytes(StandardCharsets.UTF_8))
                .verbatim();
    }
}
