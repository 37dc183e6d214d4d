package io.penstock.secrets.vault;

import io.penstock.error.BadConfig.SecretMissing;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind {@code vault:}.
 *
 * @param path below the mount
 * @param key which member; empty if the secret has only one
 * @param version which version; empty for the newest
 */
record VaultPath(String path, Optional<String> key, Optional<String> version) {

    private static final Pattern FORM = Pattern.compile("/?([^#]+?)/?(?:#([^@]*)(?:@([1-9][0-9]{0,9}))?)?");

    /** Reads {@code path}, {@code path#key} or {@code path#key@version}. */
    static VaultPath parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || text.contains("..")) {
            throw new SecretMissing(
                    "${vault:" + text
                            + "} is no reference: write ${vault:path#key} or ${vault:path#key@3}, with the path below the mount");
        }
        return new VaultPath(
                form.group(1),
                Optional.ofNullable(form.group(2)).filter(key -> !key.isEmpty()),
                Optional.ofNullable(form.group(3)));
    }
}
