package io.penstock.record;

/** Judges the names that identify connections, streams and slices. */
final class Names {

    private static final int LONGEST = 512;

    private Names() {}

    /** Returns {@code name} if it is not blank, not over long and free of control characters. */
    static String require(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + LONGEST + " printable characters, but was '" + name + "'");
        }
        return name;
    }
}
