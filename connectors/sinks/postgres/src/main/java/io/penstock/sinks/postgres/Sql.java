package io.penstock.sinks.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/** The only place where names become part of a statement. */
final class Sql {

    /** PostgreSQL cuts longer names off without a word. */
    private static final int LONGEST_NAME = 63;

    private static final int HASH_DIGITS = 8;

    private Sql() {}

    /** A name as an identifier. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name inside a schema. */
    static String name(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    /**
     * {@code wanted} as PostgreSQL can take it: at most 63 bytes, longer ones end in a hash of the whole; numbered if it is taken.
     */
    static String fitting(String wanted, Predicate<String> taken) {
        String whole = wanted.isEmpty() ? "_" : wanted.replace('\0', '\uFFFD');
        String name = shortened(whole);
        for (int i = 2; taken.test(name); i++) {
            String number = "_" + i;
            name = cut(shortened(whole), LONGEST_NAME - number.length()) + number;
        }
        return name;
    }

    private static String shortened(String name) {
        if (bytes(name) <= LONGEST_NAME) {
            return name;
        }
        String hash = HexFormat.of().formatHex(digest(name)).substring(0, HASH_DIGITS);
        return cut(name, LONGEST_NAME - HASH_DIGITS - 1) + "_" + hash;
    }

    /** Its beginning of at most {@code most} bytes, without half a character at the end. */
    private static String cut(String name, int most) {
        int end = name.length();
        while (bytes(name.substring(0, end)) > most) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The SHA-256 of a text. */
    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
