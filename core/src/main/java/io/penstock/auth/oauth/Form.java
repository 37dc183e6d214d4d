package io.penstock.auth.oauth;

import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What a form request holds, its grant apart: the values of its fields, and the name and password of Basic. */
    static List<String> values(ApiRequest request) {
        List<String> values = new ArrayList<>();
        for (String field : new String(request.body(), StandardCharsets.UTF_8).split("&", -1)) {
            int joint = field.indexOf('=');
            if (joint > 0 && !field.startsWith("grant_type=")) {
                values.add(URLDecoder.decode(field.substring(joint + 1), StandardCharsets.UTF_8));
            }
        }
        request.headers()
                .first("Authorization")
                .filter(header -> header.startsWith("Basic "))
                .map(header -> Base64.getDecoder().decode(header.substring("Basic ".length())))
                .map(pair -> new String(pair, StandardCharsets.UTF_8).split(":", -1))
                .ifPresent(pair -> Stream.of(pair)
                        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                        .forEach(values::add));
        return values;
    }

    /** A POST whose refusal is an answer too. */
    static ApiRequest post(URI url, Map<String, String> form) {
        return ApiRequest.of(Method.POST, url)
                .header("Accept", "application/json")
                .body("application/x-www-form-urlencoded", encode(form).getBytes(StandardCharsets.UTF_8))
                .verbatim();
    }
}
