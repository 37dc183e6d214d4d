package io.penstock.testkit.model.graphql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a GraphQL document, one ahead. Commas, white space and comments are nothing. */
final class GraphQlTokens {

    private static final String END = "<EOF>";
    private static final Pattern TOKEN = Pattern.compile(
            "(?:[\\s,\\uFEFF]|#[^\\n\\r]*+)*+"
                    + "([_A-Za-z][_0-9A-Za-z]*+|-?[0-9][0-9.eE+-]*+|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|\\.\\.\\.|[!$():=@\\[\\]{}|&]|$)");

    private final Matcher matcher;
    private String ahead;

    GraphQlTokens(String text) {
        this.matcher = TOKEN.matcher(text);
        this.ahead = read();
    }

    String peek() {
        return ahead;
    }

    String next() {
        String token = ahead;
        if (token.equals(END)) {
            throw new GraphQlException("Syntax Error: Unexpected <EOF>.");
        }
        ahead = read();
        return token;
    }

    boolean accept(String token) {
        boolean found = ahead.equals(token);
        if (found) {
            next();
        }
        return found;
    }

    void expect(String token) {
        if (!accept(token)) {
            throw new GraphQlException("Syntax Error: Expected \"" + token + "\", found \"" + ahead + "\".");
        }
    }

    boolean nameAhead() {
        char first = ahead.charAt(0);
        return first == '_' || Character.isLetter(first);
    }

    String name() {
        if (!nameAhead()) {
            throw new GraphQlException("Syntax Error: Expected Name, found \"" + ahead + "\".");
        }
        return next();
    }

    /** Reads a type; true if it ends in an exclamation mark. */
    boolean type() {
        if (accept("[")) {
            type();
            expect("]");
        } else {
            name();
        }
        return accept("!");
    }

    /** Skips from an opening brace to the one that closes it. */
    void skipBlock() {
        int depth = 0;
        do {
            String token = next();
            depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
        } while (depth > 0);
    }

    private String read() {
        if (!matcher.lookingAt()) {
            throw new GraphQlException(
                    "Syntax Error: Unexpected character near position " + matcher.regionStart() + ".");
        }
        String token = matcher.group(1);
        matcher.region(matcher.end(), matcher.regionEnd());
        return token.isEmpty() ? END : token;
    }
}
