package io.penstock.redact;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names behind which secrets stand, and the places in a text where such a name is followed by its value: {@code name=value} in
 * addresses and forms, {@code "name":"value"} in JSON, {@code Authorization: ...} as headers are written, and a user's password in
 * an address.
 */
public final class TellingNames {

    private static final List<String> PARTS = List.of(
            "token",
            "secret",
            "passw",
            "passphrase",
            "signature",
            "credential",
            "apikey",
            "api_key",
            "api-key",
            "accesskey",
            "privatekey");
    private static final Set<String> WHOLE = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "key",
            "sig",
            "code",
            "assertion",
            "client_assertion",
            "pwd",
            "pass",
            "auth",
            "code_verifier",
            "session",
            "sessionid",
            "jwt");
    /** Of those, words that a document uses for harmless things at least as often. */
    private static final Set<String> AMBIGUOUS = Set.of("key", "sig", "code", "pass", "auth", "session");
    /** Before "key": words that make of it something that is no secret. */
    private static final List<String> NO_SECRETS = List.of(
            "sort", "primary", "partition", "foreign", "order", "group", "public", "cache", "hot", "mon", "tur", "don");
    /** Names that hold such a word, and a page's place or a count instead of a secret. */
    private static final Set<String> HARMLESS = Set.of(
            "page_token",
            "pagetoken",
            "next_token",
            "nexttoken",
            "next_page_token",
            "nextpagetoken",
            "continuation_token",
            "continuationtoken",
            "sync_token",
            "synctoken",
            "max_tokens",
            "token_type",
            "subject_token_type",
            "requested_token_type",
            "token_access_type",
            "token_url",
            "token_endpoint");

    // Every quantifier is possessive or bounded, so that no text makes them slow, or deep.
    private static final Pattern PAIR =
            Pattern.compile("([A-Za-z][A-Za-z0-9_.\\-]{1,63}+)=(?!\\.\\.\\.)([^\\s&;,\"'<>\\])}]{1,8192}+)");
    private static final Pattern MEMBER = Pattern.compile(
            "\"([A-Za-z][A-Za-z0-9_.\\-]{1,63}+)(\\\\?\"\\s{0,8}+:\\s{0,8}+\\\\?\")((?:[^\"\\\\]{1,8192}+|\\\\[^\"]|\\\\\"(?![\\s,:}\\]])){1,512}+)");
    private static final Pattern HEADER = Pattern.compile(
            "(?i)\\b(authorization|proxy-authorization|cookie|set-cookie|x-[a-z0-9\\-]{0,40}(?:key|token|secret|signature))"
                    + "(:\\s{0,4}+)([^\\s\"'\\],][^\\r\\n\"'\\]]{0,8192}+)");
    private static final Pattern LOGIN = Pattern.compile("(://[^\\s/:@\"]{0,256}+:)([^\\s/@\"]{1,1024}+)(@)");

    private static final Pattern OPAQUE = Pattern.compile("(?=[^0-9]*+[0-9])[A-Za-z0-9+/=_.~\\-]{16,}+");

    private TellingNames() {}

    /** Whether a header, query parameter or setting of this name holds a secret, whatever its case. */
    public static boolean tells(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(lower.replace('-', '_'))) {
            return false;
        }
        return WHOLE.contains(lower) || PARTS.stream().anyMatch(lower::contains) || isKey(lower);
    }

    private static boolean isKey(String lower) {
        if (!lower.endsWith("key")) {
            return false;
        }
        String before = lower.substring(0, lower.length() - 3).replaceAll("[_.-]+$", "");
        return NO_SECRETS.stream().noneMatch(before::endsWith);
    }

    /** Whether {@code value}, written out in a plan under {@code name}, is a secret as far as a person can tell. */
    public static boolean holdsSecret(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean ambiguous = AMBIGUOUS.contains(lower)
                || (isKey(lower) && PARTS.stream().noneMatch(lower::contains) && !lower.matches(".*[_-]key"));
        return tells(name) && (!ambiguous || OPAQUE.matcher(value).matches());
    }

    /** {@code text} with the values behind telling names masked. */
    static String mask(String text) {
        String masked = text;
        if (masked.indexOf('=') >= 0) {
            masked = PAIR.matcher(masked)
                    .replaceAll(found -> kept(found.group(1), found.group(1) + "=" + Redaction.MASK, found.group()));
        }
        if (masked.indexOf("\":") >= 0 || masked.indexOf("\" :") >= 0) {
            masked = MEMBER.matcher(masked)
                    .replaceAll(found -> kept(
                            AMBIGUOUS.contains(found.group(1)) ? "" : found.group(1),
                            "\"" + found.group(1) + found.group(2) + Redaction.MASK,
                            found.group()));
        }
        if (masked.indexOf(':') >= 0) {
            masked = HEADER.matcher(masked).replaceAll("$1$2" + Redaction.MASK);
            masked = LOGIN.matcher(masked).replaceAll("$1" + Redaction.MASK + "$3");
        }
        return masked;
    }

    private static String kept(String name, String masked, String whole) {
        return Matcher.quoteReplacement(tells(name) ? masked : whole);
    }
}
