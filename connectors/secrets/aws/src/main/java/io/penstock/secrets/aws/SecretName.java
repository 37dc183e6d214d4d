package io.penstock.secrets.aws;

import io.penstock.error.BadConfig.SecretMissing;
import java.util.Optional;

/**
 * What stands behind {@code aws-sm:}.
 *
 * @param id the name or the ARN
 * @param key which member of a JSON document; empty for the whole text
 * @param stage which version, such as {@code AWSPREVIOUS}; empty for the current one
 */
record SecretName(String id, Optional<String> key, Optional<String> stage) {

    /** Reads {@code name}, {@code name#key}, {@code name#key@STAGE} or {@code name#@STAGE}; a name may hold {@code @} itself. */
    static SecretName parse(String text) {
        int hash = text.lastIndexOf('#');
        String id = hash < 0 ? text : text.substring(0, hash);
        String rest = hash < 0 ? "" : text.substring(hash + 1);
        int at = rest.lastIndexOf('@');
        String key = at < 0 ? rest : rest.substring(0, at);
        String stage = at < 0 ? "" : rest.substring(at + 1);
        if (id.isBlank() || (at >= 0 && stage.isBlank())) {
            throw new SecretMissing(
                    "${aws-sm:" + text + "} is no reference: write ${aws-sm:name}, ${aws-sm:name#key} or"
                            + " ${aws-sm:name#key@AWSPREVIOUS}");
        }
        return new SecretName(id, present(key), present(stage));
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }
}
