package io.penstock.testkit.vault;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Sender;
import io.penstock.auth.oauth.Grant;
import io.penstock.auth.oauth.OAuth;
import io.penstock.config.Secret;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Head;
import io.penstock.store.ByteStore;
import io.penstock.store.Vault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An authorization server that takes each refresh token once, and processes that ask it. */
final class RotatingGrant implements Sender {

    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("https://api.example.com/a"));

    private final String owner;
    private String good = "r0";
    private int calls;

    RotatingGrant(String owner) {
        this.owner = owner;
    }

    synchronized int calls() {
        return calls;
    }

    /** From now on takes {@code token} and no other. */
    synchronized void takesAgain(String token) {
        good = token;
    }

    @Override
    public Mono<ApiResponse> send(ApiRequest request, Runnable going) {
        return Mono.fromSupplier(() -> {
            going.run();
            return answer(new String(request.body(), StandardCharsets.UTF_8));
        });
    }

    private synchronized ApiResponse answer(String form) {
        calls++;
        if (!form.contains("refresh_token=" + good)) {
            return response(400, "{\"error\":\"invalid_grant\"}");
        }
        good = "r" + calls;
        return response(
                200,
                "{\"access_token\":\"a" + calls
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"" + good + "\"}");
    }

    private static ApiResponse response(int status, String json) {
        return new ApiResponse(status, Headers.NONE, json.getBytes(StandardCharsets.UTF_8), "id");
    }

    /** What a process does with {@code vault}. */
    Authenticator opened(Vault vault) {
        AuthMeans.Time time = new AuthMeans.Time(
                Schedulers.parallel(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new SplittableRandom(1));
        return OAuth.with(Grant.REFRESH_TOKEN)
                .tokenUrl(URI.create("https://login.example.com/token"))
                .client("id")
                .refreshToken(Secret.of("r0"))
                .build()
                .open(new AuthMeans(this, time, vault, owner, secret -> {}));
    }

    Mono<String> token(Authenticator process) {
        return Mono.defer(process::ready)
                .then(Mono.defer(() -> process.authorise(REQUEST)))
                .map(request -> request.headers().first("Authorization").orElse(""));
    }

    Mono<Boolean> refused(Authenticator process, String token) {
        return process.refused(REQUEST.header("Authorization", token), new Head(401, Headers.NONE, "id"));
    }

    /** {@code vault} to a process that dies at its write of that number, before anything is stored. */
    Vault failingAtWrite(Vault vault, int number) {
        AtomicInteger writes = new AtomicInteger();
        ByteStore real = vault.entries();
        return new Vault(
                new ByteStore() {
                    @Override
                    public Mono<Stored> read(String name) {
                        return real.read(name);
                    }

                    @Override
                    public Mono<Long> replace(String name, long expected, byte[] bytes) {
                        return Mono.defer(() -> writes.incrementAndGet() >= number
                                ? Mono.error(new StateCorrupt("died"))
                                : real.replace(name, expected, bytes));
                    }
                },
                vault.locks());
    }
}
