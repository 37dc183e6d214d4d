package io.penstock.secrets.aws;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import io.penstock.secret.SecretStoreProvider;
import java.net.URI;
import java.util.List;

/** Opens AWS Secrets Manager. */
public final class AwsSecretsProvider implements SecretStoreProvider {

    static final Setting<String> REGION = Setting.optional(
            "region",
            "The region, such as eu-central-1; by default what the environment, the AWS profile or the machine says.",
            Types.text());
    static final Setting<URI> ENDPOINT =
            Setting.optional("endpoint", "Another address than the region's own, such as a VPC endpoint.", Types.url());
    static final Setting<String> ROLE = Setting.optional(
            "role", "The ARN of a role to assume; by default the credentials are used as they are.", Types.text());
    static final Setting<String> PROFILE = Setting.optional(
            "profile",
            "A profile of the AWS configuration files; by default AWS_PROFILE, or the usual chain of credentials.",
            Types.text());
    static final Setting<Secret> ACCESS_KEY = Setting.optional(
            "access_key_id",
            "Access key id; by default credentials are looked for where AWS tools look.",
            Types.secret());
    static final Setting<Secret> SECRET_KEY =
            Setting.optional("secret_access_key", "Secret access key, together with access_key_id.", Types.secret());
    static final Setting<Secret> SESSION_TOKEN = Setting.optional(
            "session_token", "Session token of temporary credentials, together with access_key_id.", Types.secret());

    /** For the service loader. */
    public AwsSecretsProvider() {}

    @Override
    public String scheme() {
        return AwsSecretStore.SCHEME;
    }

    @Override
    public String summary() {
        return "AWS Secrets Manager: ${aws-sm:name}, ${aws-sm:name#key}, ${aws-sm:name#key@AWSPREVIOUS}.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(REGION, ENDPOINT, ROLE, PROFILE, ACCESS_KEY, SECRET_KEY, SESSION_TOKEN);
    }

    @Override
    public SecretStore open(Config config, SecretRuntime runtime) {
        if (config.has(ACCESS_KEY) != config.has(SECRET_KEY)
                || (config.has(SESSION_TOKEN) && !config.has(ACCESS_KEY))) {
            throw new IllegalArgumentException("access_key_id and secret_access_key go together: give both or neither");
        }
        return new AwsSecretStore(new AwsClients(config));
    }
}
