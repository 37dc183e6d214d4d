package io.penstock.rate.hint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code RateLimit} and {@code RateLimit-Policy} fields of the IETF draft (structured fields, RFC 9651), and the form
 * that older drafts had. Junk is ignored member by member, never an error.
 */
final class QuotaFields {

    /**
     * What is left of one policy.
     *
     * @param seconds until there is more; empty if neither the member nor its policy tells
     * @param quota what the policy allows in all, 0 if it does not say
     */
    record Left(String policy, long remaining, OptionalLong seconds, long quota) {}

    private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");

    private QuotaFields() {}

    static List<Left> parse(List<String> limitLines, List<String> policyLines) {
        List<Left> found = new ArrayList<>();
        Map<String, Map<String, String>> policies = new HashMap<>();
        for (Map<String, String> policy : members(policyLines)) {
            policies.put(key(policy), policy);
        }
        Map<String, String> old = new LinkedHashMap<>();
        for (Map<String, String> member : members(limitLines)) {
            String name = member.getOrDefault("", "");
            int equals = name.indexOf('=');
            if (equals > 0) {
                old.put(
                        name.substring(0, equals).trim(),
                        name.substring(equals + 1).trim());
            } else {
                add(found, member, policies.getOrDefault(key(member), Map.of()));
            }
        }
        addOld(found, old);
        return found;
    }

    private static void add(List<Left> found, Map<String, String> member, Map<String, String> policy) {
        OptionalLong remaining = whole(member.get("r"));
        if (remaining.isPresent() && policy.getOrDefault("qu", "requests").equals("requests")) {
            OptionalLong until = member.containsKey("t") ? whole(member.get("t")) : whole(policy.get("w"));
            long quota = whole(policy.get("q")).orElse(0);
            found.add(new Left(member.getOrDefault("", ""), remaining.getAsLong(), until, quota));
        }
    }

    private static void addOld(List<Left> found, Map<String, String> old) {
        OptionalLong remaining = whole(old.get("remaining"));
        if (remaining.isPresent()) {
            long quota = whole(old.get("limit")).orElse(0);
            found.add(new Left("", remaining.getAsLong(), whole(old.get("reset")), quota));
        }
    }

    private static OptionalLong whole(@Nullable String text) {
        return text != null && WHOLE.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static String key(Map<String, String> member) {
        return member.getOrDefault("", "") + " " + member.getOrDefault("pk", "");
    }

    /** Each member as its parameters; its own value stands under the empty name. */
    private static List<Map<String, String>> members(List<String> lines) {
        List<Map<String, String>> members = new ArrayList<>();
        for (String line : lines) {
            for (String member : split(line, ',')) {
                List<String> parts = split(member, ';');
                Map<String, String> parameters = new LinkedHashMap<>();
                parameters.put("", unquoted(parts.get(0)));
                for (String part : parts.subList(1, parts.size())) {
                    int equals = part.indexOf('=');
                    if (equals > 0) {
                        parameters.put(part.substring(0, equals).trim(), unquoted(part.substring(equals + 1)));
                    }
                }
                members.add(parameters);
            }
        }
        return members;
    }

    private static String unquoted(String text) {
        String value = text.trim();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Splits outside of quotes. */
    private static List<String> split(String text, char mark) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == mark && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
