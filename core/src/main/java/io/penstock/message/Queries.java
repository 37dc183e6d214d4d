package io.penstock.message;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the query of a URL's text; everything that is not unreserved (RFC 3986) is percent-encoded. */
final class Queries {

    private Queries() {}

    static String with(String url, String name, String value) {
        String pair = PathText.encode(name) + '=' + PathText.encode(value);
        int mark = mark(url);
        if (mark < 0) {
            return bare(url) + '?' + pair;
        }
        List<String> pairs = others(url, name);
        pairs.add(pair);
        return url.substring(0, mark) + '?' + String.join("&", pairs);
    }

    static String without(String url, String name) {
        int mark = mark(url);
        List<String> pairs = others(url, name);
        String place = mark < 0 ? bare(url) : url.substring(0, mark);
        return pairs.isEmpty() ? place : place + '?' + String.join("&", pairs);
    }

    private static List<String> others(String url, String name) {
        List<String> others = pairs(url);
        others.removeIf(pair -> isNamed(pair, name));
        return others;
    }

    static Optional<String> first(String url, String name) {
        for (String pair : pairs(url)) {
            if (isNamed(pair, name)) {
                return Optional.of(decode(pair.substring(Math.min(pair.length(), nameEnd(pair) + 1))));
            }
        }
        return Optional.empty();
    }

    static List<String> names(String url) {
        return pairs(url).stream().map(Queries::nameOf).distinct().toList();
    }

    /** What stands between the question mark and the fragment, taken apart. */
    private static List<String> pairs(String url) {
        List<String> pairs = new ArrayList<>(4);
        int mark = mark(url);
        int end = bare(url).length();
        int from = mark + 1;
        while (mark >= 0 && from < end) {
            int and = url.indexOf('&', from);
            int to = and < 0 || and > end ? end : and;
            pairs.add(url.substring(from, to));
            from = to + 1;
        }
        return pairs;
    }

    private static int mark(String url) {
        int mark = url.indexOf('?');
        int fragment = url.indexOf('#');
        return fragment >= 0 && mark > fragment ? -1 : mark;
    }

    private static String bare(String url) {
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    private static boolean isNamed(String pair, String name) {
        return nameOf(pair).equals(name);
    }

    private static int nameEnd(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair.length() : equals;
    }

    private static String nameOf(String pair) {
        return decode(pair.substring(0, nameEnd(pair)));
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text; // a peer's link may hold a bare percent sign: then the text is its own meaning
        }
    }
}
