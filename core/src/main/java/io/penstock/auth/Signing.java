package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A signature over each request as it is about to be sent.
 *
 * @param name which signature, whose key and where it goes
 * @param keys what it signs with
 * @param signer signs
 * @param time of the server
 * @param nonces different each time
 */
record Signing(Name name, List<Secret> keys, Signer signer, ServerTime time, Supplier<String> nonces)
        implements Authenticator {

    /** What tells signatures apart. The fingerprint changes when a key is read again. */
    record Name(String scheme, String identity, Supplier<String> fingerprint, Set<String> queryNames) {}

    /** Signs a request at a moment. */
    interface Signer {
        ApiRequest sign(ApiRequest request, Instant now, String nonce);
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.fromSupplier(() -> {
            try {
                return signer.sign(request, time.now(), nonces.get());
            } catch (IllegalArgumentException unfit) {
                throw new ConfigError(request + " cannot be signed: " + unfit.getMessage(), unfit);
            }
        });
    }

    /** Servers refuse a signature of another time in different ways: which it was, the date of the answer tells. */
    @Override
    public boolean answers(int status) {
        return status == 400 || status == 401 || status == 403;
    }

    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> time.corrects(answer.headers()) ? Mono.just(true) : keyChanged(answer.status()));
    }

    /** A key that is read again may have been replaced where it is kept; 400 speaks of the request, not of the key. */
    private Mono<Boolean> keyChanged(int status) {
        return status == 400
                ? Mono.just(false)
                : Flux.fromIterable(keys)
                        .concatMap(key -> key.changedSince(key.fingerprint()), 1)
                        .reduce(false, Boolean::logicalOr);
    }

    @Override
    public Mono<Void> ready() {
        return Flux.fromIterable(keys).concatMap(Secret::ready, 1).then();
    }

    @Override
    public Set<String> queryNames() {
        return name.queryNames();
    }

    @Override
    public String identity() {
        return name.scheme() + " " + name.identity();
    }

    @Override
    public String fingerprint() {
        return identity() + " " + name.fingerprint().get();
    }

    @Override
    public String scheme() {
        return name.scheme();
    }

    @Override
    public String toString() {
        return name.scheme();
    }
}
