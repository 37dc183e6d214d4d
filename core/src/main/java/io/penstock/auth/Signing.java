package io.penstock.auth;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * A signature over each request as it is about to be sent.
 *
 * @param name which signature, whose key and where it goes
 * @param signer signs
 * @param time of the server
 * @param nonces different each time
 */
record Signing(Name name, Signer signer, ServerTime time, Supplier<String> nonces) implements Authenticator {

    /** What tells signatures apart. */
    record Name(String scheme, String identity, String fingerprint, Set<String> queryNames) {}

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
        return Mono.fromSupplier(() -> time.corrects(answer));
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
        return identity() + " " + name.fingerprint();
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
