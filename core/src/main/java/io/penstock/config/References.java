package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${scheme:name}} and {@code ${scheme:name:-default}} inside a text. */
final class References {

    /** One reference: group 1 the scheme, group 2 the name. */
    static final Pattern PATTERN = Pattern.compile("\\$\\{([a-z][a-z0-9-]*):([^}]+)\\}");

    private References() {}

    static String replace(String text, Type.Place at) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = PATTERN.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2), at)));
    }

    private static String value(String scheme, String nameAndDefault, Type.Place at) {
        int mark = nameAndDefault.indexOf(":-");
        String name = mark < 0 ? nameAndDefault : nameAndDefault.substring(0, mark);
        try {
            return at.secrets().resolve(scheme, name).reveal(value -> value);
        } catch (SecretMissing missing) {
            if (mark < 0) {
                at.problem(String.valueOf(missing.getMessage()));
                return "";
            }
            return nameAndDefault.substring(mark + 2);
        }
    }
}
