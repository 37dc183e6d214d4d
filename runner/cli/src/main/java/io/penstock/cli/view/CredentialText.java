package io.penstock.cli.view;

import io.penstock.observe.CredentialLog.Quota;
import io.penstock.observe.CredentialLog.Use;
import io.penstock.observe.CredentialLog.Warning;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a server took a credential, for people and for programs. */
public final class CredentialText {

    private CredentialText() {}

    /** One line: scheme, status, scopes, expiry, quota, and the clock if it is off. */
    public static String line(Use use) {
        StringBuilder text = new StringBuilder(use.scheme()).append(" at ").append(use.origin());
        text.append(use.good() ? ": taken" : ": refused")
                .append(" (")
                .append(use.status())
                .append(')');
        if (!use.scopes().isEmpty()) {
            text.append(", scopes ").append(String.join(" ", use.scopes()));
        }
        if (!use.scopesMissing().isEmpty()) {
            text.append(" but not ").append(String.join(" ", use.scopesMissing()));
        }
        use.expires().ifPresent(end -> text.append(", until ").append(end));
        use.quota().ifPresent(quota -> text.append(", ").append(left(quota)));
        use.clockOffset()
                .filter(offset -> use.warnings().contains(Warning.CLOCK_OFF))
                .ifPresent(offset -> text.append(", its clock is ")
                        .append(offset.abs().toSeconds())
                        .append(offset.isNegative() ? "s behind ours" : "s ahead of ours"));
        return text.toString();
    }

    private static String left(Quota quota) {
        return quota.remaining() + (quota.limit() > 0 ? " of " + quota.limit() : "") + " requests left for "
                + quota.reset().toSeconds() + "s";
    }

    private static String code(Warning warning) {
        return warning.name().toLowerCase(Locale.ROOT);
    }

    /** The same as names and values; {@code warnings} are of a closed list. */
    public static Map<String, Object> map(Use use) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("origin", use.origin());
        map.put("scheme", use.scheme());
        map.put("good", use.good());
        map.put("status", use.status());
        if (!use.scopes().isEmpty()) {
            map.put("scopes", use.scopes());
        }
        if (!use.scopesAsked().isEmpty()) {
            map.put("scopes_asked", use.scopesAsked());
            map.put("scopes_missing", use.scopesMissing());
        }
        use.expires().ifPresent(end -> map.put("expires_at", end.toString()));
        use.quota().ifPresent(quota -> {
            map.put("remaining", quota.remaining());
            if (quota.limit() > 0) {
                map.put("limit", quota.limit());
            }
            map.put("resets_in_seconds", quota.reset().toSeconds());
        });
        use.clockOffset().ifPresent(offset -> map.put("clock_offset_seconds", offset.toSeconds()));
        map.put("warnings", use.warnings().stream().map(CredentialText::code).toList());
        return map;
    }
}
