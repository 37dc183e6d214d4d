package io.penstock.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One challenge of {@code WWW-Authenticate} (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case; the first of a name counts
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final int LONGEST = 8 * 1024;

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** All challenges of all lines; what cannot be read is passed over. */
    static List<Challenge> parse(List<String> lines) {
        List<Challenge> found = new ArrayList<>();
        for (String line : lines) {
            if (line.length() <= LONGEST) {
                new Reader(line).read(found);
            }
        }
        return found;
    }

    /** Walks over one line once. */
    private static final class Reader {

        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        void read(List<Challenge> found) {
            while (at < line.length()) {
                skip(" \t,");
                String word = word();
                if (word.isEmpty()) {
                    at++; // not a token: passed over
                    continue;
                }
                skip(" \t");
                if (peek() != '=') {
                    found.add(new Challenge(word.toLowerCase(Locale.ROOT), new LinkedHashMap<>()));
                } else if (!found.isEmpty()) {
                    at++;
                    skip(" \t");
                    String value = peek() == '"' ? quoted() : word();
                    found.get(found.size() - 1).parameters().putIfAbsent(word.toLowerCase(Locale.ROOT), value);
                } else {
                    at++;
                }
            }
        }

        private char peek() {
            return at < line.length() ? line.charAt(at) : '\0';
        }

        private void skip(String some) {
            while (at < line.length() && some.indexOf(line.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            int from = at;
            while (at < line.length() && " \t,=\"".indexOf(line.charAt(at)) < 0) {
                at++;
            }
            return line.substring(from, at);
        }

        private String quoted() {
            StringBuilder text = new StringBuilder();
            for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
                if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                    at++;
                }
                text.append(line.charAt(at));
            }
            at++;
            return text.toString();
        }
    }
}
