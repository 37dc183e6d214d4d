package io.penstock.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code Link} header fields (RFC 8288, section 3 and appendix B.2), forgiving as receivers should be.
 *
 * <p>Links about another context ({@code anchor}) are passed over.
 */
final class LinkHeader {

    private final String text;
    private int pos;
    private boolean next;
    private boolean relSeen;
    private boolean anchored;

    private LinkHeader(String text) {
        this.text = text;
    }

    /** The target of the first link with the relation {@code next}. */
    static Optional<String> next(List<String> lines) {
        for (String line : lines) {
            Optional<String> target = new LinkHeader(line).next();
            if (target.isPresent()) {
                return target;
            }
        }
        return Optional.empty();
    }

    private Optional<String> next() {
        while (skipTo('<')) {
            int start = pos + 1;
            if (!skipTo('>')) {
                return Optional.empty();
            }
            String target = text.substring(start, pos++);
            parameters();
            if (next && !anchored) {
                return Optional.of(target.trim());
            }
        }
        return Optional.empty();
    }

    private boolean skipTo(char c) {
        int at = text.indexOf(c, pos);
        pos = at < 0 ? text.length() : at;
        return at >= 0;
    }

    /** Reads on to the comma that ends the link. */
    private void parameters() {
        next = false;
        relSeen = false;
        anchored = false;
        skipSpace();
        while (pos < text.length() && text.charAt(pos) == ';') {
            pos++;
            parameter();
            skipSpace();
        }
        skipTo(',');
    }

    private void parameter() {
        skipSpace();
        String name = token().toLowerCase(Locale.ROOT);
        skipSpace();
        String value = "";
        if (pos < text.length() && text.charAt(pos) == '=') {
            pos++;
            skipSpace();
            value = pos < text.length() && text.charAt(pos) == '"' ? quoted() : token();
        }
        anchored |= name.equals("anchor");
        if (name.equals("rel") && !relSeen) { // only the first counts
            relSeen = true;
            next = List.of(value.trim().toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
        }
    }

    private String token() {
        int start = pos;
        while (pos < text.length() && " \t=;,\"".indexOf(text.charAt(pos)) < 0) {
            pos++;
        }
        return text.substring(start, pos);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        pos++;
        while (pos < text.length() && text.charAt(pos) != '"') {
            if (text.charAt(pos) == '\\' && pos + 1 < text.length()) {
                pos++;
            }
            value.append(text.charAt(pos++));
        }
        pos = Math.min(text.length(), pos + 1);
        return value.toString();
    }

    private void skipSpace() {
        while (pos < text.length() && (text.charAt(pos) == ' ' || text.charAt(pos) == '\t')) {
            pos++;
        }
    }
}
