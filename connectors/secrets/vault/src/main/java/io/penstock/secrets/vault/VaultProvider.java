package io.penstock.secrets.vault;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.Origin;
import io.penstock.retry.RetryPolicy;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import io.penstock.secret.SecretStoreProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Opens HashiCorp Vault. */
public final class VaultProvider implements SecretStoreProvider {

    static final Setting<URI> ADDRESS =
            Setting.required("address", "Where Vault is, such as https://vault.example.com:8200.", Types.url());
    static final Setting<String> NAMESPACE =
            Setting.optional("namespace", "The namespace, sent as X-Vault-Namespace; none by default.", Types.text());
    static final Setting<String> MOUNT = Setting.of(
            "mount", "Where the KV version 2 engine is mounted; paths are below it.", Types.text(), "secret");
    private static final Setting<Secret> TOKEN =
            Setting.optional("token", "A Vault token with the right to read the paths.", Types.secret());
    private static final Setting<String> ROLE_ID = Setting.required("role_id", "The role id.", Types.text());
    private static final Setting<Secret> SECRET_ID = Setting.required("secret_id", "The secret id.", Types.secret());
    private static final Setting<String> ROLE_MOUNT =
            Setting.of("mount", "Where the AppRole method is mounted.", Types.text(), "approle");
    private static final Setting<AppRole> APPROLE = Setting.optional(
            "approle",
            "Log in as an application: its token is renewed by logging in again.",
            Types.object(List.of(ROLE_ID, SECRET_ID, ROLE_MOUNT), VaultProvider::appRole));
    static final Setting<VaultAuth> AUTH = Setting.required(
            "auth", "How to log in: token or approle.", Types.object(List.of(TOKEN, APPROLE), VaultProvider::auth));

    /** For somebody who waits for a plan to be read. */
    private static final RetryPolicy PATIENCE = RetryPolicy.builder()
            .maxAttempts(3)
            .cap(Duration.ofSeconds(1))
            .maxElapsed(Duration.ofSeconds(20))
            .maxRetryAfter(Duration.ofSeconds(5))
            .build();

    /** For the service loader. */
    public VaultProvider() {}

    /** A login by AppRole. */
    record AppRole(String roleId, Secret secretId, String mount) {}

    private static AppRole appRole(Config config) {
        return new AppRole(config.value(ROLE_ID), config.value(SECRET_ID), config.value(ROLE_MOUNT));
    }

    /**
     * A way to log in.
     *
     * @param token a token that is there already; empty for a role
     * @param role logs in for one; empty for a token
     */
    record VaultAuth(Optional<Secret> token, Optional<AppRole> role) {

        Authenticator with(ApiClient login, SecretRuntime runtime) {
            return role.<Authenticator>map(given -> new AppRoleLogin(given, login, runtime))
                    .orElseGet(() -> Auth.header(AppRoleLogin.HEADER, "", token.orElseThrow()));
        }

        /** Emits whether there may be another token now than the one that was refused. */
        Mono<Boolean> renewal(Authenticator refused) {
            if (refused instanceof AppRoleLogin login) {
                return Mono.fromSupplier(login::forget);
            }
            return Mono.justOrEmpty(token).flatMap(given -> given.changedSince(given.fingerprint()));
        }
    }

    private static VaultAuth auth(Config config) {
        if (config.has(TOKEN) == config.has(APPROLE)) {
            throw new IllegalArgumentException("expected exactly one of token and approle");
        }
        return new VaultAuth(config.optional(TOKEN), config.optional(APPROLE));
    }

    @Override
    public String scheme() {
        return VaultStore.SCHEME;
    }

    @Override
    public String summary() {
        return "HashiCorp Vault, KV version 2: ${vault:path#key}, ${vault:path#key@3} for a version.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(ADDRESS, NAMESPACE, MOUNT, AUTH);
    }

    @Override
    public SecretStore open(Config config, SecretRuntime runtime) {
        Origin vault = Origin.of(config.value(ADDRESS));
        if (!vault.confidential()) {
            throw new ConfigError(
                    "address: secrets are sent over TLS only, or on this machine: expected an https URL, found "
                            + vault);
        }
        ApiClient login = client(config, runtime).build();
        Authenticator token = config.value(AUTH).with(login, runtime);
        ApiClient reading = client(config, runtime).auth(token).build();
        return new VaultStore(
                new VaultStore.Clients(reading, login, config.value(AUTH).renewal(token)), config.value(MOUNT));
    }

    private static ApiClient.Builder client(Config config, SecretRuntime runtime) {
        ApiClient.Builder client = runtime.client()
                .apply(config.value(ADDRESS))
                .retry(PATIENCE)
                .concurrency(4)
                .header("X-Vault-Request", "true");
        config.optional(NAMESPACE).ifPresent(namespace -> client.header("X-Vault-Namespace", namespace));
        return client;
    }
}
