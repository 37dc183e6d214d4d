package io.penstock.secrets.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.auth.Authenticator;
import io.penstock.client.ApiClient;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.secret.SecretRuntime;
import io.penstock.secrets.vault.VaultProvider.AppRole;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The token of a login by AppRole, kept for nine tenths of its lease, or until it is forgotten. One login is under way at a time; all
 * who wait share it.
 */
final class AppRoleLogin implements Authenticator {

    /** The header of Vault's tokens. */
    static final String HEADER = "X-Vault-Token";

    /** Vault's own lease where it names none. */
    private static final Duration UNLIMITED = Duration.ofHours(1);

    private final AppRole role;
    private final ApiClient client;
    private final SecretRuntime runtime;
    private final AtomicReference<@Nullable Mono<Secret>> underWay = new AtomicReference<>();
    private volatile @Nullable Session session;

    AppRoleLogin(AppRole role, ApiClient client, SecretRuntime runtime) {
        this.role = role;
        this.client = client;
        this.runtime = runtime;
    }

    /** A token and how long it is used. */
    private record Session(Secret token, long until) {}

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return token().map(token -> token.reveal(text -> request.header(HEADER, text)));
    }

    @Override
    public Mono<Void> ready() {
        return token().then();
    }

    /** The next request logs in again. Gives true: its token will be another one. */
    boolean forget() {
        session = null;
        return true;
    }

    private Mono<Secret> token() {
        return Mono.defer(() -> {
            Session now = session;
            return now != null && runtime.timer().now(TimeUnit.NANOSECONDS) < now.until()
                    ? Mono.just(now.token())
                    : shared();
        });
    }

    private Mono<Secret> shared() {
        Mono<Secret> mine = granted().doOnTerminate(() -> underWay.set(null)).cache();
        Mono<Secret> other = underWay.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }

    private Mono<Secret> granted() {
        return Mono.defer(() -> {
            long asked = runtime.timer().now(TimeUnit.NANOSECONDS);
            return client.post("/v1/auth/" + role.mount() + "/login")
                    .json(Map.of(
                            "role_id",
                            role.roleId(),
                            "secret_id",
                            role.secretId().<String>reveal(text -> text)))
                    .idempotent()
                    .verbatim()
                    .exchange()
                    .map(answer -> kept(answer, asked));
        });
    }

    private Secret kept(ApiResponse answer, long asked) {
        JsonNode auth = VaultJson.read(answer).path("auth");
        String text = auth.path("client_token").asText("");
        if (answer.status() >= 400 || text.isEmpty()) {
            throw new AuthError(
                    "Vault refuses the login by AppRole (" + answer.status()
                            + "): check role_id, secret_id (it may have expired or been used up) and secrets.vault.auth.approle.mount");
        }
        Secret token = Secret.named("vault login", text);
        runtime.hide().accept(token);
        Duration lease = Duration.ofSeconds(auth.path("lease_duration").asLong(0));
        Duration used = lease.isZero() || lease.isNegative()
                ? UNLIMITED
                : lease.multipliedBy(9).dividedBy(10);
        session = new Session(token, asked + used.toNanos());
        return token;
    }

    @Override
    public String identity() {
        return "vault approle " + role.roleId();
    }

    @Override
    public String toString() {
        return "AppRole authentication";
    }
}
