package io.penstock.store;

import java.util.regex.Pattern;

/** Which names entries may have: such as are file names everywhere. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");

    private Names() {}

    static void judge(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a name of 1 to 100 of a-z 0-9 -, not beginning with a dash, found '" + name + "'");
        }
    }
}
