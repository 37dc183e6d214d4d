package io.penstock.auth;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
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
record Signing(Name name, Keys keys, Signer signer, ServerTime time, Supplier<String> nonces) implements Authenticator {

    /** What tells signatures apart. The fingerprint changes when a key is read again. */
    record Name(String scheme, String identity, Supplier<String> fingerprint, Set<String> queryNames) {}

    /**
     * Keys that do not stand on a request, so that nobody can tell by which a refused one was signed: for a minute after they have
     * changed, everything that is refused deserves another try. Safe for concurrent use.
     */
    static final class Keys {

        private static final Duration UNDER_WAY = Duration.ofMinutes(1);

        private final Proofs proofs;
        private final Clock clock;
        private volatile Instant changed = Instant.MIN;

        Keys(Proofs proofs, Clock clock) {
            this.proofs = proofs;
            this.clock = clock;
        }

        Mono<Void> ready() {
            return proofs.ready();
        }

        /** Whether there are others now than a refused request may have been signed by; reads them again if that is due. */
        Mono<Boolean> another() {
            return Mono.defer(() -> proofs.changedSince(proofs.fingerprints())).map(different -> {
                Instant now = clock.instant();
                changed = different ? now : changed;
                return changed.isAfter(Instant.MIN)
                        && Duration.between(changed, now).compareTo(UNDER_WAY) < 0;
            });
        }
    }

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
        return status == 400 ? Mono.just(false) : keys.another();
    }

    @Override
    public Mono<Void> ready() {
        return keys.ready();
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
