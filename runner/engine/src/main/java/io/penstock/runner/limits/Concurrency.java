package io.penstock.runner.limits;

import io.penstock.config.Type;
import io.penstock.config.Types;

/**
 * How much goes on at once.
 *
 * @param most the most
 * @param learned whether how much is good is found out, up to {@code most}
 */
record Concurrency(int most, boolean learned) {

    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_LEARNED = 64;
    private static final String WORDS = "whole number from 1 to " + MOST_AT_ONCE + ", or auto";

    static final Type<Concurrency> TYPE = Types.parsed(WORDS, Concurrency::parse);

    private static Concurrency parse(String text) {
        if (text.equals("auto")) {
            return new Concurrency(MOST_LEARNED, true);
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MOST_AT_ONCE) {
            throw new IllegalArgumentException("expected a " + WORDS + ", found '" + text + "'");
        }
        return new Concurrency(Integer.parseInt(text), false);
    }
}
