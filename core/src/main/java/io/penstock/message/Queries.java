package io.penstock.message;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the query of a URL; everything that is not unreserved (RFC 3986) is percent-encoded. */
final class Queries {

    private Queries() {}

    static URI with(URI url, String name, String value) {
        List<String> pairs = others(url, name);
        pairs.add(PathText.encode(name) + "=" + PathText.encode(value));
        return replace(url, "?" + String.join("&", pairs));
    }

    static URI without(URI url, String name) {
        List<String> pairs = others(url, name);
        return replace(url, pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    private static List<String> others(URI url, String name) {
        List<String> pairs = new ArrayList<>(pairs(url));
        pairs.removeIf(pair -> decode(nameOf(pair)).equals(name));
        return pairs;
    }

    private static URI replace(URI url, String query) {
        String text = url.toString();
        int fragment = text.indexOf('#');
        String bare = fragment < 0 ? text : text.substring(0, fragment);
        int mark = bare.indexOf('?');
        return URI.create((mark < 0 ? bare : bare.substring(0, mark)) + query);
    }

    static Optional<String> first(URI url, String name) {
        return pairs(url).stream()
                .filter(pair -> decode(nameOf(pair)).equals(name))
                .map(pair -> decode(
                        pair.substring(Math.min(pair.length(), nameOf(pair).length() + 1))))
                .findFirst();
    }

    static List<String> names(URI url) {
        return pairs(url).stream().map(pair -> decode(nameOf(pair))).distinct().toList();
    }

    private static List<String> pairs(URI url) {
        String query = url.getRawQuery();
        return query == null || query.isEmpty() ? List.of() : List.of(query.split("&"));
    }

    private static String nameOf(String pair) {
        return pair.split("=", 2)[0];
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text; // a peer's link may hold a bare percent sign: then the text is its own meaning
        }
    }
}
