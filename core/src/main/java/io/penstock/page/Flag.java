package io.penstock.page;

import io.penstock.record.Pointer;
import io.penstock.record.Values;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A flag of an answer that says whether there are more pages; APIs write it as a boolean, a number or a word. */
enum Flag {
    YES,
    NO,
    UNKNOWN;

    private static final Set<String> NO_WORDS = Set.of("false", "0", "no", "n", "");

    static Flag at(Optional<Pointer> pointer, Values values) {
        return pointer.flatMap(values::at).map(Flag::of).orElse(UNKNOWN);
    }

    private static Flag of(String text) {
        return NO_WORDS.contains(text.toLowerCase(Locale.ROOT)) ? NO : YES;
    }
}
