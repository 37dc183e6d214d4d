package io.penstock.page;

/** Tokens that are numbers, and hashes of those that are any text. */
final class Tokens {

    private Tokens() {}

    /**
     * The number a token means.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long number(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException notOurs) {
            throw new IllegalArgumentException("a page is named by a number here, but the token was not one", notOurs);
        }
    }

    /** 64 bits that two different texts share only by chance. */
    static long hash(String token) {
        long hash = token.length();
        for (int i = 0; i < token.length(); i++) {
            hash = (hash ^ token.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
