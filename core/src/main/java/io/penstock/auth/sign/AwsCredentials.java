package io.penstock.auth.sign;

import io.penstock.config.Secret;
import java.util.Optional;

/**
 * A key pair of AWS.
 *
 * @param keyId the access key id; no secret
 * @param key the secret access key
 * @param sessionToken of temporary credentials
 */
public record AwsCredentials(String keyId, Secret key, Optional<Secret> sessionToken) {

    /** Judges the id. */
    public AwsCredentials {
        if (!keyId.matches("\\w{4,128}")) {
            throw new IllegalArgumentException(
                    "an access key id is letters and digits, such as AKIAIOSFODNN7EXAMPLE: check access_key_id");
        }
    }
}
