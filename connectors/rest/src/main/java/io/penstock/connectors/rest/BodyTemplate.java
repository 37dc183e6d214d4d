package io.penstock.connectors.rest;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A JSON body with {@code {name}} in its texts.
 *
 * <p>A text that is one name and nothing else becomes the value with its own type. A GraphQL document, whose braces mean
 * something else, is left alone: bind its variables.
 */
final class BodyTemplate {

    private static final Pattern GRAPHQL = Pattern.compile(
            "\\s*(\\{(?![A-Za-z0-9_]+})|(query|fragment)\\b\\s*\\w*\\s*(\\([^)]*\\))?[^{(:]*\\{)[\\s\\S]*");

    private BodyTemplate() {}

    /** The names in it. */
    static Set<String> names(Object body) {
        Set<String> names = new LinkedHashSet<>();
        if (body instanceof Map<?, ?> map) {
            map.values().forEach(value -> names.addAll(names(value)));
        } else if (body instanceof List<?> list) {
            list.forEach(value -> names.addAll(names(value)));
        } else if (body instanceof String text && !graphql(text)) {
            names.addAll(Template.text(text).names());
        }
        return names;
    }

    /** The body with values put in. */
    static Object fill(Object body, Map<String, Object> values) {
        if (body instanceof Map<?, ?> map) {
            Map<String, Object> filled = new LinkedHashMap<>();
            map.forEach((name, value) -> filled.put(String.valueOf(name), fill(value, values)));
            return filled;
        }
        if (body instanceof List<?> list) {
            return list.stream().map(value -> fill(value, values)).toList();
        }
        return body instanceof String text && !graphql(text) ? fillText(Template.text(text), values) : body;
    }

    private static Object fillText(Template text, Map<String, Object> values) {
        Object value = text.whole() ? values.get(text.names().iterator().next()) : null;
        return value != null ? value : text.fill(values);
    }

    private static boolean graphql(String text) {
        return GRAPHQL.matcher(text).matches();
    }
}
