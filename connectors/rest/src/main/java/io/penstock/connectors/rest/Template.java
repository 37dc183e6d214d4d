package io.penstock.connectors.rest;

import io.penstock.message.PathText;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code {name}} in it, replaced by data in one pass: what was put in is never looked at again.
 */
final class Template {

    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    private final String text;
    private final boolean path;

    private Template(String text, boolean path) {
        this.text = text;
        this.path = path;
    }

    /** A text that is not encoded here, such as a parameter's value. */
    static Template text(String text) {
        return new Template(text, false);
    }

    /**
     * A path with an optional query, as a person writes it in a plan; what is put in is percent-encoded.
     *
     * @throws IllegalArgumentException if it does not start with one slash, or holds what no URL may hold
     */
    static Template path(String text) {
        if (!text.startsWith("/") || text.startsWith("//")) {
            throw new IllegalArgumentException("a path is below base_url and starts with one slash, such as /"
                    + text.replaceAll("^[a-z]+:/+[^/]*/*|^/+", "") + ", found '" + text + "'");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '#' || c == '\\')) {
            throw new IllegalArgumentException(
                    "a path holds printable ASCII without spaces, '#' and '\\': percent-encode the rest, found '" + text
                            + "'");
        }
        return new Template(text, true);
    }

    /** The names in it. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The single name that is all there is, if so; then a body keeps the value's own type. */
    boolean whole() {
        return NAME.matcher(text).matches();
    }

    /**
     * The text with values put in.
     *
     * @param values for every name in it
     * @throws IllegalArgumentException if a value cannot be part of a path
     */
    String fill(Map<String, Object> values) {
        Matcher matcher = NAME.matcher(text);
        int query = path ? text.indexOf('?') : 0;
        return matcher.replaceAll(found -> {
            boolean inPath = path && (query < 0 || found.start() < query);
            UnaryOperator<String> encode = !path ? raw -> raw : inPath ? PathText::segment : PathText::encode;
            return Matcher.quoteReplacement(encode.apply(String.valueOf(values.get(found.group(1)))));
        });
    }

    @Override
    public String toString() {
        return text;
    }
}
